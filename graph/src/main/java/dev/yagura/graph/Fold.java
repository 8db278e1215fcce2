package dev.yagura.graph;

import dev.yagura.graph.Transitions.Phase;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import java.util.List;

/** What each event does to a state; the only place that changes one. */
final class Fold {
  private final RunState state;

  Fold(RunState draft) {
    this.state = draft;
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
      case RunEvent.RunPaused paused -> state.phase = Phase.PAUSED;
      case RunEvent.RunResumed resumed -> {
        state.phase = Phase.RUNNING;
        state.generation++;
      }
      case RunEvent.RunFinished end -> {
        state.finished = end;
        state.phase = Phase.ENDED;
      }
    }
  }

  private void start(RunInput given) {
    state.input = given;
    state.phase = Phase.RUNNING;
    var root = new Frame(state.owner, Address.ROOT, null, 0, state.graph.root());
    root.variables.put("sys", given.system());
    root.variables.put("env", given.environment());
    root.variables.put("conversation", given.conversation());
    state.frames.put(root.id, root);
  }

  private void schedule(Address at, int attempt) {
    int index = set(at, NodeState.RUNNING);
    own(at.frame()).attempts[index] = attempt;
    if (at.frame().isEmpty()) {
      state.steps++;
    } else {
      state.roundSteps++;
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
      case END -> state.outputs = state.outputs.with(event.outputs());
      case ANSWER -> state.answer += isAudible(frame) ? event.outputs().text("answer", "") : "";
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
      at = state.existing(at.container.frame());
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
      Frame around = state.existing(at.container.frame());
      Rounds rounds = around.rounds.get(around.scope.find(at.container.node()));
      if (rounds == null || rounds.opening() instanceof Outcome.Iterate) {
        return false;
      }
      at = around;
    }
    return true;
  }

  private void fail(RunEvent.NodeFailed event) {
    NodeState next =
        switch (event.handling()) {
          case RETRY -> NodeState.RETRYING;
          case DEFAULT_VALUE, FAIL_BRANCH -> NodeState.EXCEPTION;
          case ABORT -> NodeState.FAILED;
        };
    int index = set(event.at(), next);
    Frame frame = own(event.at().frame());
    if (!frame.isQuestion(index)) {
      frame.rounds.remove(index);
      if (next == NodeState.EXCEPTION) {
        frame.outputs[index] = ErrorOutputs.of(frame.scope.nodes[index], event.failure());
      }
    }
    if (event.handling() != RunEvent.Handling.ABORT && frame.container == null) {
      state.exceptions++;
    }
  }

  private void open(RunEvent.FrameOpened event) {
    Frame around = own(event.container().frame());
    int index = around.scope.find(event.container().node());
    Rounds rounds = rounds(around, index);
    Scope scope = state.graph.scope(event.container().node());
    var frame = new Frame(state.owner, event.frame(), event.container(), event.round(), scope);
    frame.variables.put(event.container().node(), rounds.seed(event.round()));
    state.frames.put(frame.id, frame);
    around.rounds.put(index, rounds.opened(event.round()));
  }

  private void close(RunEvent.FrameClosed event) {
    Frame frame = state.existing(event.frame());
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
        state.frames.keySet().stream()
            .filter(key -> key.equals(id) || key.startsWith(id + "/"))
            .toList();
    for (String key : gone) {
      Frame frame = state.existing(key);
      for (int i = 0; i < frame.nodes.length; i++) {
        count(frame.state(i), -1);
      }
      state.frames.remove(key);
    }
  }

  private int set(Address at, NodeState next) {
    Frame frame = own(at.frame());
    int index = frame.scope.find(at.node());
    NodeState before = frame.state(index);
    frame.nodes[index] = next;
    frame.active += (next.isActive() ? 1 : 0) - (before.isActive() ? 1 : 0);
    count(before, -1);
    count(next, 1);
    return index;
  }

  private void count(NodeState which, int change) {
    switch (which) {
      case RUNNING, RETRYING -> state.running += change;
      case SUSPENDED -> state.suspended += change;
      default -> {}
    }
  }

  private Frame own(String id) {
    Frame frame = state.existing(id);
    if (frame.owner != state.owner) {
      frame = new Frame(state.owner, frame);
      state.frames.put(id, frame);
    }
    return frame;
  }
}
