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
  private final Graph graph;
  private final Object owner = new Object();
  private final Map<String, Frame> frames;
  private Phase phase = Phase.NEW;
  private RunInput input = RunInput.of(Value.EMPTY);
  private int steps;
  private int roundSteps;
  private int exceptions;
  private int running;
  private int suspended;
  private Value.Obj outputs = Value.EMPTY;
  private String answer = "";
  private RunEvent.@Nullable RunFinished finished;

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
    copy.outputs = outputs;
    copy.answer = answer;
    copy.finished = finished;
    return copy;
  }

  void apply(RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted started -> start(started.input());
      case RunEvent.NodeScheduled(Address at, int attempt) -> schedule(at, attempt);
      case RunEvent.NodeSucceeded succeeded -> succeed(succeeded);
      case RunEvent.NodeFailed failed -> fail(failed);
      case RunEvent.NodeSkipped(Address at) -> set(at, NodeState.SKIPPED);
      case RunEvent.NodeSuspended(Address at, int attempt, String reason) ->
          set(at, NodeState.SUSPENDED);
      case RunEvent.NodeResumed(Address at) -> set(at, NodeState.RUNNING);
      case RunEvent.EdgeTaken(String frame, int edge) -> own(frame).edges[edge] = Frame.TAKEN;
      case RunEvent.EdgeSkipped(String frame, int edge) -> own(frame).edges[edge] = Frame.SKIPPED;
      case RunEvent.ContainerOpened(Address at, Outcome opening) -> {
        int index = set(at, NodeState.OPEN);
        own(at.frame()).rounds.put(index, Rounds.of(opening));
      }
      case RunEvent.FrameOpened opened -> open(opened);
      case RunEvent.FrameClosed closed -> close(closed);
      case RunEvent.TimerSet set -> {}
      case RunEvent.RunPaused paused -> phase = Phase.PAUSED;
      case RunEvent.RunResumed resumed -> phase = Phase.RUNNING;
      case RunEvent.RunFinished end -> {
        finished = end;
        phase = Phase.ENDED;
      }
    }
  }

  private void start(RunInput given) {
    input = given;
    phase = Phase.RUNNING;
    var root = new Frame(owner, Address.ROOT, null, 0, graph.root());
    root.variables.put("sys", given.system());
    root.variables.put("env", given.environment());
    root.variables.put("conversation", given.conversation());
    frames.put(root.id, root);
  }

  private void schedule(Address at, int attempt) {
    int index = set(at, NodeState.RUNNING);
    own(at.frame()).attempts[index] = attempt;
    if (at.frame().isEmpty()) {
      steps++;
    } else {
      roundSteps++;
    }
  }

  private void succeed(RunEvent.NodeSucceeded event) {
    int index = set(event.at(), NodeState.SUCCEEDED);
    Frame frame = own(event.at().frame());
    if (frame.isQuestion(index)) {
      return;
    }
    frame.outputs[index] = event.outputs();
    frame.rounds.remove(index);
    event.writes().forEach(write -> write(frame, write));
    switch (frame.scope.nodes[index].kind()) {
      case END -> outputs = outputs.with(event.outputs());
      case ANSWER -> answer += isAudible(frame) ? event.outputs().text("answer", "") : "";
      case LOOP_END -> frame.stop = true;
      default -> {}
    }
  }

  private void write(Frame from, Outcome.Write write) {
    Selector target = write.target();
    Frame at = from;
    while (at.container != null
        && !target.node().equals("conversation")
        && !at.variables.containsKey(target.node())) {
      at = existing(at.container.frame());
    }
    own(at.id).set(target.node(), target.name(), write.value());
  }

  /**
   * Answers inside iterations are not part of the run's answer (dify-contract §2.15); those inside
   * loops are.
   */
  private boolean isAudible(Frame frame) {
    Frame at = frame;
    while (at.container != null) {
      Frame around = existing(at.container.frame());
      Rounds rounds = around.rounds.get(around.scope.find(at.container.node()));
      if (rounds == null || rounds.opening() instanceof Outcome.Iterate) {
        return false;
      }
      at = around;
    }
    return true;
  }

  private void fail(RunEvent.NodeFailed event) {
    NodeState state =
        switch (event.handling()) {
          case RETRY -> NodeState.RETRYING;
          case DEFAULT_VALUE, FAIL_BRANCH -> NodeState.EXCEPTION;
          case ABORT -> NodeState.FAILED;
        };
    int index = set(event.at(), state);
    Frame frame = own(event.at().frame());
    if (!frame.isQuestion(index)) {
      frame.rounds.remove(index);
      if (state == NodeState.EXCEPTION) {
        frame.outputs[index] = ErrorOutputs.of(frame.scope.nodes[index], event.failure());
      }
    }
    if (event.handling() != RunEvent.Handling.ABORT && frame.container == null) {
      exceptions++;
    }
  }

  private void open(RunEvent.FrameOpened event) {
    Frame around = own(event.container().frame());
    int index = around.scope.find(event.container().node());
    Rounds rounds = rounds(around, index);
    Scope scope = graph.scope(event.container().node());
    var frame = new Frame(owner, event.frame(), event.container(), event.round(), scope);
    frame.variables.put(event.container().node(), rounds.seed(event.round()));
    frames.put(frame.id, frame);
    around.rounds.put(index, rounds.opened(event.round()));
  }

  private void close(RunEvent.FrameClosed event) {
    Frame frame = existing(event.frame());
    drop(frame.id);
    if (frame.container == null) {
      return;
    }
    Frame around = own(frame.container.frame());
    int index = around.scope.find(frame.container.node());
    boolean failed = event.failure() != null;
    around.rounds.put(index, rounds(around, index).closed(frame.round, event.output(), failed));
    Value.Obj conversation = frame.variables.get("conversation");
    if (conversation != null && !failed) {
      conversation.fields().forEach((name, value) -> around.set("conversation", name, value));
    }
  }

  private static Rounds rounds(Frame frame, int node) {
    Rounds rounds = frame.rounds.get(node);
    if (rounds == null) {
      throw new IllegalStateException("no open container at position " + node);
    }
    return rounds;
  }

  private void drop(String id) {
    List<String> gone =
        frames.keySet().stream().filter(key -> key.equals(id) || key.startsWith(id + "/")).toList();
    for (String key : gone) {
      Frame frame = existing(key);
      for (int i = 0; i < frame.nodes.length; i++) {
        count(frame.state(i), -1);
      }
      frames.remove(key);
    }
  }

  private int set(Address at, NodeState state) {
    Frame frame = own(at.frame());
    int index = frame.scope.find(at.node());
    NodeState before = frame.state(index);
    frame.nodes[index] = state;
    frame.active += (state.isActive() ? 1 : 0) - (before.isActive() ? 1 : 0);
    count(before, -1);
    count(state, 1);
    return index;
  }

  private void count(NodeState state, int change) {
    switch (state) {
      case RUNNING, RETRYING -> running += change;
      case SUSPENDED -> suspended += change;
      default -> {}
    }
  }

  private Frame own(String id) {
    Frame frame = existing(id);
    if (frame.owner != owner) {
      frame = new Frame(owner, frame);
      frames.put(id, frame);
    }
    return frame;
  }

  /** The failure that ended the run, or null. */
  public @Nullable Failure failure() {
    return finished == null ? null : finished.failure();
  }
}
