package dev.yagura.graph;

import dev.yagura.base.Failure;
import dev.yagura.graph.Transitions.Phase;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands: the fold of its events. Immutable for everyone outside: {@link #evolve} gives
 * a new state that shares what did not change.
 */
public final class RunState {
  final Graph graph;
  final Object owner = new Object();
  final Map<String, Frame> frames;
  Phase phase = Phase.NEW;
  RunInput input = RunInput.of(Value.EMPTY);
  int steps;
  int roundSteps;
  int exceptions;
  int running;
  int suspended;
  int generation;
  Value.Obj outputs = Value.EMPTY;
  String answer = "";
  RunEvent.@Nullable RunFinished finished;

  private RunState(Graph graph, Map<String, Frame> frames) {
    this.graph = graph;
    this.frames = new LinkedHashMap<>(frames);
  }

  /** A run that has not started. */
  public static RunState of(Graph graph) {
    return new RunState(graph, Map.of());
  }

  /** This state after an event. */
  public RunState evolve(RunEvent event) {
    return evolve(List.of(event));
  }

  /** This state after several events. */
  public RunState evolve(List<RunEvent> events) {
    RunState next = draft();
    events.forEach(next::apply);
    return next;
  }

  public Graph graph() {
    return graph;
  }

  public Phase phase() {
    return phase;
  }

  public RunInput input() {
    return input;
  }

  /** Node starts outside containers, retries included: Dify's {@code total_steps}. */
  public int steps() {
    return steps;
  }

  /** Node starts inside containers, retries included. */
  public int roundSteps() {
    return roundSteps;
  }

  /** Failures outside containers that a retry or an error strategy took care of. */
  public int exceptions() {
    return exceptions;
  }

  /** What the end nodes have output so far. */
  public Value.Obj outputs() {
    return outputs;
  }

  /** What the answer nodes have said so far. */
  public String answer() {
    return answer;
  }

  /** How the run ended, or null while it has not. */
  public RunEvent.@Nullable RunFinished finished() {
    return finished;
  }

  public RunStatus status() {
    if (finished != null) {
      return finished.status();
    }
    return phase == Phase.PAUSED ? RunStatus.PAUSED : RunStatus.RUNNING;
  }

  /**
   * The variable as seen from a frame: its own, then those of the frames around it. Null where
   * there is none; a present null is {@link Value#NULL}.
   */
  public @Nullable Value find(String frame, Selector selector) {
    if (!selector.isUsable()) {
      return null;
    }
    Frame at = frames.get(frame);
    while (at != null) {
      Value value = at.variable(selector.node(), selector.name());
      if (value != null) {
        return nested(value, selector.path());
      }
      at = at.container == null ? null : frames.get(at.container.frame());
    }
    return null;
  }

  private static @Nullable Value nested(Value value, List<String> path) {
    Value at = value;
    for (int i = 2; i < path.size() && at != null; i++) {
      at =
          switch (at) {
            case Value.Obj object -> object.get(path.get(i));
            case Value.File file -> file.attribute(path.get(i));
            default -> null;
          };
    }
    return at;
  }

  /** Where a node stands in a frame; {@link NodeState#IDLE} where either is unknown. */
  public NodeState nodeState(Address at) {
    Frame frame = frames.get(at.frame());
    int index = frame == null ? -1 : frame.scope.find(at.node());
    return frame == null || index < 0 ? NodeState.IDLE : frame.state(index);
  }

  /** What is ordered and has no end: after a crash these are done again. */
  public List<RunEvent.NodeScheduled> scheduled() {
    return inState(NodeState.RUNNING);
  }

  /** Nodes that wait for their next attempt, as orders of that attempt. */
  public List<RunEvent.NodeScheduled> retrying() {
    return inState(NodeState.RETRYING).stream()
        .map(order -> new RunEvent.NodeScheduled(order.at(), order.attempt() + 1))
        .toList();
  }

  private List<RunEvent.NodeScheduled> inState(NodeState wanted) {
    List<RunEvent.NodeScheduled> found = new ArrayList<>();
    for (Frame frame : frames.values()) {
      for (int i = 0; i < frame.nodes.length; i++) {
        if (frame.state(i) == wanted) {
          String node = frame.isQuestion(i) ? frame.scope.container : frame.scope.nodes[i].id();
          found.add(new RunEvent.NodeScheduled(new Address(frame.id, node), frame.attempts[i]));
        }
      }
    }
    return found;
  }

  /** Nodes that wait for somebody outside. */
  public List<Address> suspended() {
    return inState(NodeState.SUSPENDED).stream().map(RunEvent.NodeScheduled::at).toList();
  }

  /** How often the run has been resumed: only the deadline of this generation counts. */
  public int generation() {
    return generation;
  }

  boolean isAtRest() {
    return running == 0 && suspended > 0;
  }

  @Nullable Frame frame(String id) {
    return frames.get(id);
  }

  Frame existing(String id) {
    Frame frame = frames.get(id);
    if (frame == null) {
      throw new IllegalStateException("no frame '" + id + "' in this run");
    }
    return frame;
  }

  List<String> openFrames(Address container) {
    return frames.values().stream()
        .filter(frame -> container.equals(frame.container))
        .map(frame -> frame.id)
        .toList();
  }

  /** A copy that may be changed by {@link #apply} until it is handed out. */
  RunState draft() {
    var copy = new RunState(graph, frames);
    copy.phase = phase;
    copy.input = input;
    copy.steps = steps;
    copy.roundSteps = roundSteps;
    copy.exceptions = exceptions;
    copy.running = running;
    copy.suspended = suspended;
    copy.generation = generation;
    copy.outputs = outputs;
    copy.answer = answer;
    copy.finished = finished;
    return copy;
  }

  void apply(RunEvent event) {
    new Fold(this).apply(event);
  }

  /** The failure that ended the run, or null. */
  public @Nullable Failure failure() {
    return finished == null ? null : finished.failure();
  }
}
