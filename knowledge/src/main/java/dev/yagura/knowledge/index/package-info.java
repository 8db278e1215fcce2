/** Finding segments again. Lucene stays inside. */
@NullMarked
package dev.yagura.knowledge.index;

import org.jspecify.annotations.NullMarked;
