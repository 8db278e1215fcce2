/** What can be looked up: documents, their segments, and finding them again. */
@NullMarked
package dev.yagura.knowledge;

import org.jspecify.annotations.NullMarked;
