/** Texts with references to variables, and values as JSON. */
@NullMarked
package dev.yagura.node.text;

import org.jspecify.annotations.NullMarked;
