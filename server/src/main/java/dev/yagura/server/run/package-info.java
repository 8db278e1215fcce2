/** Runs of workflows and the work on findings. */
@NullMarked
package dev.yagura.server.run;

import org.jspecify.annotations.NullMarked;
