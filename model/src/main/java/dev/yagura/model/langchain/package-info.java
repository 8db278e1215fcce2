/** Providers through LangChain4j, which stays inside. */
@NullMarked
package dev.yagura.model.langchain;

import org.jspecify.annotations.NullMarked;
