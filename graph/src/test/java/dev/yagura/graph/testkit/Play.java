package dev.yagura.graph.testkit;

import dev.yagura.base.Failure;
import dev.yagura.graph.Address;
import dev.yagura.graph.Graph;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunState;
import dev.yagura.graph.Signal;
import dev.yagura.graph.Timer;
import dev.yagura.graph.Transitions.Phase;
import dev.yagura.graph.Traversal;
import dev.yagura.graph.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Plays a graph: every order is answered by a script, in the order given or shuffled. A node that
 * is ordered twice with the same attempt is an AssertionError.
 */
public final class Play {
  /** What a node answers when it is ordered. */
  public interface Script extends BiFunction<RunState, RunEvent.NodeScheduled, Signal> {}

  private final Map<String, Script> scripts = new LinkedHashMap<>();
  private final List<RunEvent> events = new ArrayList<>();
  private final List<Object> open = new ArrayList<>();
  private final Set<RunEvent.NodeScheduled> ordered = new HashSet<>();
  private RunState state;

  private Play(Graph graph) {
    state = RunState.of(graph);
  }

  public static Play of(Graph graph) {
    return new Play(graph);
  }

  /**
   * Sets what a node answers; without a script a node is done with its own id as the output {@code
   * out}.
   */
  public Play script(String node, Script script) {
    scripts.put(node, script);
    return this;
  }

  public Play outcome(String node, Outcome outcome) {
    return script(node, (at, order) -> succeed(order, outcome));
  }

  public Play fails(String node, String message) {
    return script(node, (at, order) -> fail(order, message));
  }

  public static Signal succeed(RunEvent.NodeScheduled order, Outcome outcome) {
    return new Signal.Succeeded(order.at(), order.attempt(), outcome);
  }

  public static Signal fail(RunEvent.NodeScheduled order, String message) {
    return new Signal.Failed(order.at(), order.attempt(), Failure.user("PlayedError", message));
  }

  /** Starts the run and answers every order, the oldest first, until nothing is open. */
  public Play run(RunInput input) {
    return start(input).drain(null);
  }

  public Play run() {
    return run(RunInput.of(Value.EMPTY));
  }

  /** As {@link #run()}, in an order drawn from the random numbers. */
  public Play shuffled(Random random) {
    return start(RunInput.of(Value.EMPTY)).drain(random);
  }

  public Play start(RunInput input) {
    return signal(new Signal.Start(input));
  }

  /** Gives one signal and notes what it leads to. */
  public Play signal(Signal signal) {
    List<RunEvent> decided = Traversal.decide(state, signal);
    RunState before = state;
    state = state.evolve(decided);
    events.addAll(decided);
    if (decided.isEmpty() && before.phase() != state.phase()) {
      throw new AssertionError("the phase changed without an event");
    }
    decided.forEach(this::note);
    return this;
  }

  /** Takes note of an event; an order that was given before is an AssertionError. */
  public void note(RunEvent event) {
    if (event instanceof RunEvent.NodeScheduled order) {
      if (!ordered.add(order)) {
        throw new AssertionError("ordered twice: " + order);
      }
      open.add(order);
    } else if (event instanceof RunEvent.TimerSet set && set.timer() instanceof Timer.Retry) {
      open.add(set.timer());
    }
  }

  private Play drain(@Nullable Random random) {
    while (!open.isEmpty() && state.phase() != Phase.ENDED) {
      int next = random == null ? 0 : random.nextInt(open.size());
      switch (open.remove(next)) {
        case RunEvent.NodeScheduled order -> signal(answer(order));
        case Timer timer -> signal(new Signal.TimerFired(timer, Duration.ZERO));
        default -> throw new AssertionError();
      }
    }
    return this;
  }

  private Signal answer(RunEvent.NodeScheduled order) {
    Script script = scripts.get(order.at().node());
    return script != null
        ? script.apply(state, order)
        : succeed(order, Outcome.Done.of(Value.object("out", order.at().node())));
  }

  public RunState state() {
    return state;
  }

  public List<RunEvent> events() {
    return events;
  }

  /** The addresses of the nodes that ended well, in order. */
  public List<String> succeeded() {
    return events.stream()
        .filter(RunEvent.NodeSucceeded.class::isInstance)
        .map(event -> ((RunEvent.NodeSucceeded) event).at().toString())
        .toList();
  }

  public List<String> skipped() {
    return events.stream()
        .filter(RunEvent.NodeSkipped.class::isInstance)
        .map(event -> ((RunEvent.NodeSkipped) event).at().toString())
        .toList();
  }

  public static Address at(String node) {
    return Address.root(node);
  }
}
