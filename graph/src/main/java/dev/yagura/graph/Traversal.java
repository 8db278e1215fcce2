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

  /** One signal's way through a draft of the state. */
  private static final class Walk {
    private final RunState state;
    private final List<RunEvent> events = new ArrayList<>();
    private boolean ended;

    private Walk(RunState draft) {
      this.state = draft;
    }

    private void emit(RunEvent event) {
      if (!ended) {
        state.apply(event);
        events.add(event);
        ended = event instanceof RunEvent.RunFinished;
      }
    }

    private void take(Signal signal) {
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
        case Signal.TimerFired(Timer.Deadline deadline, var elapsed) ->
            abort(
                String.format(
                    Locale.ROOT,
                    "Maximum execution time exceeded: %.2fs > %ds",
                    elapsed.toMillis() / 1000.0,
                    state.input().limits().time().toSeconds()));
        case Signal.Cancelled(String reason) ->
            finish(RunStatus.STOPPED, Failure.user("Stopped", reason));
      }
      settleRun();
    }

    private boolean concerns(Address at, int attempt, Signal signal) {
      return Transitions.of(state.nodeState(at), signal.kind()) == Rule.ACT
          && attempt == attempt(at);
    }

    private int attempt(Address at) {
      Frame frame = state.frame(at.frame());
      int index = frame == null ? -1 : frame.scope.find(at.node());
      return frame == null || index < 0 ? 0 : frame.attempts[index];
    }

    private void start(RunInput input) {
      emit(new RunEvent.RunStarted(VERSION, input));
      emit(new RunEvent.TimerSet(new Timer.Deadline(), input.limits().time()));
      enter(state.existing(Address.ROOT));
    }

    /**
     * Nodes that nothing leads to are skipped up front; then the first node is ordered
     * (dify-contract §3.1).
     */
    private void enter(Frame frame) {
      Deque<Integer> decided = new ArrayDeque<>();
      for (int node = 0; node < frame.scope.nodes.length; node++) {
        if (node != frame.scope.start && frame.scope.incoming[node].length == 0) {
          decided.add(node);
        }
      }
      propagate(frame.id, decided);
      schedule(new Address(frame.id, frame.scope.nodes[frame.scope.start].id()), 1);
    }

    private void schedule(Address at, int attempt) {
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
                  at,
                  attempt,
                  Value.object("stop", stop),
                  null,
                  List.of(),
                  List.of(),
                  Value.EMPTY));
          closeTurn(state.existing(at.frame()), stop);
        }
        case Outcome.Iterate iterate when isContainer(frame, index) -> open(at, iterate);
        case Outcome.Loop loop when isContainer(frame, index) -> open(at, loop);
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

    private void done(Address at, int attempt, Outcome.Done done) {
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

    private void failed(Address at, int attempt, Failure failure) {
      Frame frame = state.existing(at.frame());
      int index = frame.scope.find(at.node());
      if (frame.isQuestion(index)) {
        emit(new RunEvent.NodeFailed(at, attempt, failure, Handling.ABORT));
        closeFailed(frame, failure);
        return;
      }
      Node node = frame.scope.nodes[index];
      if (attempt <= node.retry().max()) {
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
            closeFailed(frame, failure);
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
        emit(new RunEvent.TimerSet(new Timer.Deadline(), state.input().limits().time()));
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
      settleFrame(frame.id);
    }

    /** Orders the nodes that have become ready and skips those that nothing leads to any more. */
    private void propagate(String id, Deque<Integer> candidates) {
      while (!candidates.isEmpty() && !ended) {
        int index = candidates.remove();
        Frame frame = state.existing(id);
        if (frame.state(index) != NodeState.IDLE) {
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

    private void open(Address at, Outcome opening) {
      emit(new RunEvent.ContainerOpened(at, opening));
      openRounds(at);
      if (opening instanceof Outcome.Iterate(var items, var p, var e, var o, var f)
          && items.isEmpty()) {
        complete(at);
      }
    }

    private void openRounds(Address at) {
      Rounds rounds = rounds(at);
      while (!ended && rounds != null && mayOpen(rounds)) {
        String child = at.child(rounds.next());
        emit(new RunEvent.FrameOpened(child, at, rounds.next()));
        enter(state.existing(child));
        settleFrame(child);
        rounds = rounds(at);
      }
    }

    private static boolean mayOpen(Rounds rounds) {
      return switch (rounds.opening()) {
        case Outcome.Iterate iterate ->
            rounds.next() < iterate.items().size() && rounds.open() < iterate.parallel();
        case Outcome.Loop loop -> rounds.open() == 0 && rounds.next() == 0;
        default -> false;
      };
    }

    private @Nullable Rounds rounds(Address at) {
      Frame frame = state.frame(at.frame());
      return frame == null ? null : frame.rounds.get(frame.scope.find(at.node()));
    }

    /** When nothing is to come from a round any more, its container takes what it gave. */
    private void settleFrame(String id) {
      Frame frame = state.frame(id);
      if (ended || frame == null || frame.container == null || frame.active > 0) {
        return;
      }
      Rounds rounds = rounds(frame.container);
      switch (rounds == null ? null : rounds.opening()) {
        case Outcome.Iterate iterate -> {
          Value output = state.find(id, iterate.output());
          closeRound(frame, output == null ? Value.NULL : output, null);
        }
        case Outcome.Loop loop when frame.stop || !loop.asks() -> closeTurn(frame, frame.stop);
        case Outcome.Loop loop -> schedule(new Address(id, frame.container.node()), 1);
        case null, default -> {}
      }
    }

    private void closeRound(Frame frame, Value output, @Nullable Failure failure) {
      Address at = container(frame);
      emit(new RunEvent.FrameClosed(frame.id, output, failure));
      openRounds(at);
      Rounds rounds = rounds(at);
      if (rounds != null && rounds.open() == 0) {
        complete(at);
      }
    }

    private void closeTurn(Frame frame, boolean stop) {
      Address at = container(frame);
      Value.Obj variables = frame.variables.get(at.node());
      emit(new RunEvent.FrameClosed(frame.id, variables == null ? Value.EMPTY : variables, null));
      Rounds rounds = rounds(at);
      if (rounds == null || !(rounds.opening() instanceof Outcome.Loop loop)) {
        return;
      }
      if (stop || rounds.next() >= loop.count()) {
        complete(at);
      } else {
        String child = at.child(rounds.next());
        emit(new RunEvent.FrameOpened(child, at, rounds.next()));
        enter(state.existing(child));
        settleFrame(child);
      }
    }

    private void closeFailed(Frame frame, Failure failure) {
      Address at = container(frame);
      Rounds rounds = rounds(at);
      if (rounds != null
          && rounds.opening() instanceof Outcome.Iterate iterate
          && iterate.onError() != Outcome.OnRoundError.TERMINATE) {
        closeRound(frame, Value.NULL, failure);
        return;
      }
      for (String open : state.openFrames(at)) {
        emit(new RunEvent.FrameClosed(open, Value.NULL, failure));
      }
      failed(at, attempt(at), failure);
    }

    private void complete(Address at) {
      Rounds rounds = rounds(at);
      if (rounds != null && !ended) {
        done(at, attempt(at), Outcome.Done.of(rounds.outputs()));
      }
    }

    private static Address container(Frame frame) {
      if (frame.container == null) {
        throw new IllegalStateException("the run itself is no round");
      }
      return frame.container;
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
}
