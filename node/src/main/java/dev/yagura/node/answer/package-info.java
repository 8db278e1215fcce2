/** Where a chatflow speaks. */
@NullMarked
package dev.yagura.node.answer;

import org.jspecify.annotations.NullMarked;
