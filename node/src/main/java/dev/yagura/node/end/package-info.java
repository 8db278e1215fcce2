/** Where a workflow gives its outputs. */
@NullMarked
package dev.yagura.node.end;

import org.jspecify.annotations.NullMarked;
