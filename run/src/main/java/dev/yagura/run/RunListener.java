package dev.yagura.run;

import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.RunEvent;
import java.util.List;

/** Hears what has happened in a run, after it is durable, in order, on the run's own thread. */
@FunctionalInterface
public interface RunListener {
  RunListener NONE = (run, events) -> {};

  void heard(RunId run, List<RunEvent> events);

  /**
   * A piece of a node's variable as it comes into being, on the node's own thread; an empty piece
   * ends it. Pieces are not kept.
   */
  default void piece(RunId run, Address at, String variable, String piece) {}

  /** The run is over; nothing of it is heard afterwards. */
  default void ended(RunRecord run) {}
}
