/**
 * The core: what a workflow is ({@link dev.yagura.graph.Graph}), what has happened in a run ({@link
 * dev.yagura.graph.RunEvent}, folded into {@link dev.yagura.graph.RunState}), and what happens next
 * ({@link dev.yagura.graph.Traversal}). Pure: no I/O, clock, randomness, threads or logger.
 */
@NullMarked
package dev.yagura.graph;

import org.jspecify.annotations.NullMarked;
