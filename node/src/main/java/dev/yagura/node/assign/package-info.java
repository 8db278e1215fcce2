/** Sets conversation and loop variables. */
@NullMarked
package dev.yagura.node.assign;

import org.jspecify.annotations.NullMarked;
