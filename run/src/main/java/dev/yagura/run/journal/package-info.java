/** How events are written: JSON with a version, large texts by reference. */
@NullMarked
package dev.yagura.run.journal;

import org.jspecify.annotations.NullMarked;
