package dev.yagura.graph;

import dev.yagura.base.Failure;
import dev.yagura.graph.RunEvent.Handling;
import dev.yagura.graph.Transitions.Phase;
import dev.yagura.graph.Transitions.Rule;
import dev.yagura.graph.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One signal's way through a draft of the state. */
final class Walk {
  final RunState state;
  final List<RunEvent> events = new ArrayList<>();
  private final Containers containers = new Containers(this);
  private boolean ended;

  Walk(RunState draft) {
    this.state = draft;
  }

  boolean isEnded() {
    return ended;
  }

  void emit(RunEvent event) {
    if (!ended) {
      state.apply(event);
      events.add(event);
      ended = event instanceof RunEvent.RunFinished;
    }
  }

  void take(Signal signal) {
    switch (signal) {
      case Signal.Start(RunInput input) -> start(input);
      case Signal.Succeeded(Address at, int attempt, Outcome outcome) -> {
        if (concerns(at, attempt, signal)) {
          succeeded(at, attempt, outcome);
        }
      }
      case Signal.Failed(Address at, int attempt, Failure failure) -> {
        if (concerns(at, attempt, signal)) {
          wake();
          failed(at, attempt, failure);
        }
      }
      case Signal.Suspended(Address at, int attempt, String reason) -> {
        if (concerns(at, attempt, signal)) {
          emit(new RunEvent.NodeSuspended(at, attempt, reason));
        }
      }
      case Signal.Resumed(Address at, Outcome outcome) -> {
        if (concerns(at, attempt(at), signal)) {
          resumed(at, outcome);
        }
      }
      case Signal.TimerFired(Timer.Retry(Address at, int attempt), var elapsed) -> {
        if (concerns(at, attempt - 1, signal)) {
          schedule(at, attempt);
        }
      }
      case Signal.TimerFired(Timer.Deadline(int generation), var elapsed) -> {
        if (generation == state.generation()) {
          abort(
              String.format(
                  Locale.ROOT,
                  "Maximum execution time exceeded: %.2fs > %ds",
                  elapsed.toMillis() / 1000.0,
                  state.input().limits().time().toSeconds()));
        }
      }
      case Signal.Cancelled(String reason) ->
          finish(RunStatus.STOPPED, Failure.user("Stopped", reason));
    }
    settleRun();
  }

  private boolean concerns(Address at, int attempt, Signal signal) {
    return Transitions.of(state.nodeState(at), signal.kind()) == Rule.ACT && attempt == attempt(at);
  }

  int attempt(Address at) {
    Frame frame = state.frame(at.frame());
    int index = frame == null ? -1 : frame.scope.find(at.node());
    return frame == null || index < 0 ? 0 : frame.attempts[index];
  }

  private void start(RunInput input) {
    emit(new RunEvent.RunStarted(Traversal.VERSION, input));
    emit(new RunEvent.TimerSet(new Timer.Deadline(state.generation()), input.limits().time()));
    enter(state.existing(Address.ROOT));
  }

  /**
   * Nodes that nothing leads to are skipped up front; then the first node is ordered (dify-contract
   * §3.1).
   */
  void enter(Frame frame) {
    Deque<Integer> decided = new ArrayDeque<>();
    for (int node = 0; node < frame.scope.nodes.length; node++) {
      if (node != frame.scope.start && frame.scope.incoming[node].length == 0) {
        decided.add(node);
      }
    }
    propagate(frame.id, decided);
    schedule(new Address(frame.id, frame.scope.nodes[frame.scope.start].id()), 1);
  }

  void schedule(Address at, int attempt) {
    emit(new RunEvent.NodeScheduled(at, attempt));
    Limits limits = state.input().limits();
    if (state.steps() > limits.steps()) {
      abort("Maximum execution steps exceeded: " + state.steps() + " > " + limits.steps());
    } else if (state.roundSteps() > limits.roundSteps()) {
      abort(
          "Maximum execution steps in iterations and loops exceeded: "
              + state.roundSteps()
              + " > "
              + limits.roundSteps());
    }
  }

  private void succeeded(Address at, int attempt, Outcome outcome) {
    Frame frame = state.existing(at.frame());
    int index = frame.scope.find(at.node());
    boolean question = frame.isQuestion(index);
    switch (outcome) {
      case Outcome.Done done when !question -> done(at, attempt, done);
      case Outcome.Round(boolean stop) when question -> {
        emit(
            new RunEvent.NodeSucceeded(
                at, attempt, Value.object("stop", stop), null, List.of(), List.of(), Value.EMPTY));
        containers.closeTurn(state.existing(at.frame()), stop);
      }
      case Outcome.Iterate iterate when isContainer(frame, index) -> containers.open(at, iterate);
      case Outcome.Loop loop when isContainer(frame, index) -> containers.open(at, loop);
      default ->
          failed(
              at,
              attempt,
              Failure.internal(
                  "UnexpectedOutcome",
                  "node " + at.node() + " answered with " + outcome.getClass().getSimpleName()));
    }
  }

  private static boolean isContainer(Frame frame, int index) {
    return !frame.isQuestion(index) && frame.scope.nodes[index].kind() == Node.Kind.CONTAINER;
  }

  void done(Address at, int attempt, Outcome.Done done) {
    Frame frame = state.existing(at.frame());
    Node node = frame.scope.nodes[frame.scope.find(at.node())];
    String handle = done.handle();
    if (handle == null
        && node.onError() instanceof Node.OnError.FailBranch
        && node.kind() != Node.Kind.BRANCH) {
      handle = Node.SUCCESS_HANDLE;
    }
    if (node.isBranch() && (handle == null || handle.isEmpty())) {
      failed(
          at,
          attempt,
          Failure.internal(
              "", "Branch node " + at.node() + " completed without selecting a branch"));
      return;
    }
    emit(
        new RunEvent.NodeSucceeded(
            at, attempt, done.outputs(), handle, done.writes(), done.effects(), done.trace()));
    leave(at, node.isBranch() ? handle : null);
  }

  void failed(Address at, int attempt, Failure failure) {
    Frame frame = state.existing(at.frame());
    int index = frame.scope.find(at.node());
    if (frame.isQuestion(index)) {
      emit(new RunEvent.NodeFailed(at, attempt, failure, Handling.ABORT));
      containers.closeFailed(frame, failure);
      return;
    }
    Node node = frame.scope.nodes[index];
    if (attempt <= node.retry().max() && node.kind() != Node.Kind.CONTAINER) {
      emit(new RunEvent.NodeFailed(at, attempt, failure, Handling.RETRY));
      emit(new RunEvent.TimerSet(new Timer.Retry(at, attempt + 1), node.retry().interval()));
      return;
    }
    switch (node.onError()) {
      case Node.OnError.DefaultValue defaults -> {
        emit(new RunEvent.NodeFailed(at, attempt, failure, Handling.DEFAULT_VALUE));
        leave(at, node.kind() == Node.Kind.BRANCH ? Node.SUCCESS_HANDLE : null);
      }
      case Node.OnError.FailBranch branch -> {
        emit(new RunEvent.NodeFailed(at, attempt, failure, Handling.FAIL_BRANCH));
        leave(at, Node.FAIL_BRANCH);
      }
      case Node.OnError.Abort abort -> {
        emit(new RunEvent.NodeFailed(at, attempt, failure, Handling.ABORT));
        if (frame.container == null) {
          finish(RunStatus.FAILED, failure);
        } else {
          containers.closeFailed(frame, failure);
        }
      }
    }
  }

  private void resumed(Address at, Outcome outcome) {
    wake();
    emit(new RunEvent.NodeResumed(at));
    succeeded(at, attempt(at), outcome);
  }

  /** A paused run that goes on has its whole time before it again. */
  private void wake() {
    if (state.phase() == Phase.PAUSED) {
      emit(new RunEvent.RunResumed());
      emit(
          new RunEvent.TimerSet(
              new Timer.Deadline(state.generation()), state.input().limits().time()));
    }
  }

  /** Decides the edges that leave a node: all are taken, or of a branch those of its handle. */
  private void leave(Address at, @Nullable String handle) {
    Frame frame = state.existing(at.frame());
    Deque<Integer> targets = new ArrayDeque<>();
    for (int edge : frame.scope.outgoing[frame.scope.find(at.node())]) {
      boolean taken = handle == null || handle.equals(frame.scope.handles[edge]);
      emit(
          taken
              ? new RunEvent.EdgeTaken(frame.id, edge)
              : new RunEvent.EdgeSkipped(frame.id, edge));
      targets.add(frame.scope.targets[edge]);
    }
    propagate(frame.id, targets);
    containers.settle(frame.id);
  }

  /** Orders the nodes that have become ready and skips those that nothing leads to any more. */
  private void propagate(String id, Deque<Integer> candidates) {
    while (!candidates.isEmpty() && !ended) {
      int index = candidates.remove();
      Frame frame = state.existing(id);
      if (frame.state(index) != NodeState.IDLE || index == frame.scope.start) {
        continue;
      }
      int ready = frame.readiness(index);
      Address at = new Address(id, frame.scope.nodes[index].id());
      if (ready > 0) {
        schedule(at, 1);
      } else if (ready == 0) {
        emit(new RunEvent.NodeSkipped(at));
        for (int edge : frame.scope.outgoing[index]) {
          emit(new RunEvent.EdgeSkipped(id, edge));
          candidates.add(frame.scope.targets[edge]);
        }
      }
    }
  }

  private void settleRun() {
    if (ended) {
      return;
    }
    if (state.existing(Address.ROOT).active == 0) {
      finish(state.exceptions() > 0 ? RunStatus.PARTIAL_SUCCEEDED : RunStatus.SUCCEEDED, null);
    } else if (state.isAtRest() && state.phase() == Phase.RUNNING) {
      emit(new RunEvent.RunPaused(state.suspended().stream().map(Address::toString).toList()));
    }
  }

  private void abort(String reason) {
    finish(RunStatus.FAILED, Failure.limit("Aborted", "Aborted: " + reason));
  }

  private void finish(RunStatus status, @Nullable Failure failure) {
    Value.Obj outputs = status == RunStatus.FAILED ? Value.EMPTY : state.outputs();
    emit(new RunEvent.RunFinished(status, outputs, state.answer(), failure));
  }
}
