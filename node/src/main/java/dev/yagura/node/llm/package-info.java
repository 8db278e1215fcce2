/** The llm node: prompts, answers, structured output. */
@NullMarked
package dev.yagura.node.llm;

import org.jspecify.annotations.NullMarked;
