/** What hands findings in on its own: a queue that is asked, rather than a request that comes. */
@NullMarked
package dev.yagura.connect.intake;

import org.jspecify.annotations.NullMarked;
