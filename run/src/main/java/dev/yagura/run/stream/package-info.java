/** What clients see of a run: a pure function of its events. */
@NullMarked
package dev.yagura.run.stream;

import org.jspecify.annotations.NullMarked;
