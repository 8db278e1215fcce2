/** From a file to blocks of text, and from blocks to segments. */
@NullMarked
package dev.yagura.knowledge.text;

import org.jspecify.annotations.NullMarked;
