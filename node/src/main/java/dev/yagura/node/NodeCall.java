package dev.yagura.node;

import dev.yagura.graph.Address;
import dev.yagura.graph.Node;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import org.jspecify.annotations.Nullable;

/** One attempt to run a node, as the node sees it. */
public interface NodeCall {
  Node node();

  Address at();

  /** What the run started with. */
  RunInput input();

  /** The variable, as of the moment the node was ordered; null where there is none. */
  @Nullable Value find(Selector selector);

  /** {@code run/frame/node/attempt}: the same when the same attempt is made again after a crash. */
  String idempotencyKey();

  /**
   * Hands a piece of one of the node's variables to whoever watches the run; an empty piece ends
   * it. Pieces are not kept: the outputs are what counts.
   */
  default void emit(String variable, String piece) {}

  /** Whether this is the question to a loop, whether another round follows. */
  default boolean isQuestion() {
    return at().frame().contains("/" + node().id() + "#")
        && at().frame().lastIndexOf("/" + node().id() + "#") == at().frame().lastIndexOf('/');
  }
}
