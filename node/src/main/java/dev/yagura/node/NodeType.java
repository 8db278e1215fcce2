package dev.yagura.node;

import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.graph.Outcome;
import java.util.List;

/**
 * A kind of node. One file holds all of it: the record of its settings, their check, and what it
 * does. Adding one takes that file, a line in a manifest ({@link Extension}), a test and an
 * example.
 *
 * @param <C> its settings; see {@link dev.yagura.node.config.Setting} for names and defaults
 */
public interface NodeType<C extends Record> {
  /** The name in DSL files, for example {@code if-else}. */
  String type();

  Class<C> config();

  /** What is wrong with the settings, found at import. Nothing is run or fetched. */
  default List<Problem> check(C config, Place place) {
    return List.of();
  }

  /**
   * Runs the node, blocking, on a virtual thread. What it cannot do is a {@link
   * dev.yagura.base.FlowException}; what it wants done in the world is an effect of its outcome.
   */
  Outcome run(C config, NodeCall call) throws InterruptedException;
}
