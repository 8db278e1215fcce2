/** A round for each item of a list. */
@NullMarked
package dev.yagura.node.iteration;

import org.jspecify.annotations.NullMarked;
