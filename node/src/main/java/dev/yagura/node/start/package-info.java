/** Where a run begins, and the form that its inputs must fit. */
@NullMarked
package dev.yagura.node.start;

import org.jspecify.annotations.NullMarked;
