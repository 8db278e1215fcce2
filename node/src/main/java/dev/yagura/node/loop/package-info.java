/** Rounds until a condition holds. */
@NullMarked
package dev.yagura.node.loop;

import org.jspecify.annotations.NullMarked;
