package dev.yagura.graph;

import dev.yagura.graph.Transitions.Rule;
import java.util.List;
import java.util.Locale;

/**
 * Decides what happens next in a run (dify-contract §3): edges become taken or skipped, a node is
 * ordered when every edge into it is decided and one is taken, skips propagate, containers run
 * rounds in frames of their own, an unhandled failure ends its round or the run. A pure function of
 * the state and the signal.
 */
public final class Traversal {
  /**
   * Written into every {@link RunEvent.RunStarted}; an old journal is replayed by the traversal of
   * its version.
   */
  public static final int VERSION = 1;

  private Traversal() {}

  /**
   * What a signal leads to.
   *
   * @param events in order; none when the signal came too late or twice
   * @param next the state after them
   */
  public record Step(List<RunEvent> events, RunState next) {}

  /** The events of {@link #step}. */
  public static List<RunEvent> decide(RunState state, Signal signal) {
    return step(state, signal).events();
  }

  /**
   * What the signal leads to; an IllegalStateException where the signal is a mistake of the caller.
   */
  public static Step step(RunState state, Signal signal) {
    Rule rule = Transitions.of(state.phase(), signal.kind());
    if (rule == Rule.REFUSE) {
      throw new IllegalStateException(
          "a run that is "
              + state.phase().name().toLowerCase(Locale.ROOT)
              + " takes no signal "
              + signal.kind().name().toLowerCase(Locale.ROOT));
    }
    if (rule == Rule.IGNORE) {
      return new Step(List.of(), state);
    }
    var walk = new Walk(state.draft());
    walk.take(signal);
    return new Step(walk.events, walk.state);
  }
}
