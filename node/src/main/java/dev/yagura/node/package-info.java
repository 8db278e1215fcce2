/**
 * What a node type is, which ones there are, and how third parties add their own ({@link
 * dev.yagura.node.Extension}).
 */
@NullMarked
package dev.yagura.node;

import org.jspecify.annotations.NullMarked;
