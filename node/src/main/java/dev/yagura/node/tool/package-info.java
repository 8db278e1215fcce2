/** The tool node, what a tool is, and our own tools for findings. */
@NullMarked
package dev.yagura.node.tool;

import org.jspecify.annotations.NullMarked;
