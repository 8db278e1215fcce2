/** Conditions and the node that chooses a way by them. */
@NullMarked
package dev.yagura.node.branch;

import org.jspecify.annotations.NullMarked;
