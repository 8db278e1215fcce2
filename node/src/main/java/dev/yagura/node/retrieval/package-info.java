/** The knowledge-retrieval node. */
@NullMarked
package dev.yagura.node.retrieval;

import org.jspecify.annotations.NullMarked;
