/** Models that run in this process and need no network. */
@NullMarked
package dev.yagura.model.langchain.local;

import org.jspecify.annotations.NullMarked;
