/**
 * Drives runs: takes the core decisions of {@link dev.yagura.graph.Traversal}, makes them durable,
 * and runs the nodes. Declares the ports that storage implements.
 */
@NullMarked
package dev.yagura.run;

import org.jspecify.annotations.NullMarked;
