package dev.yagura.graph;

import dev.yagura.base.Failure;
import dev.yagura.graph.value.Value;
import org.jspecify.annotations.Nullable;

/** The rounds of iterations and loops, as part of a {@link Walk}. */
final class Containers {
  private final Walk walk;

  Containers(Walk walk) {
    this.walk = walk;
  }

  void open(Address at, Outcome opening) {
    walk.emit(new RunEvent.ContainerOpened(at, opening));
    openRounds(at);
    if (opening instanceof Outcome.Iterate(var items, var p, var e, var o, var f)
        && items.isEmpty()) {
      complete(at);
    }
  }

  private void openRounds(Address at) {
    Rounds rounds = rounds(at);
    while (!walk.isEnded() && rounds != null && mayOpen(rounds)) {
      String child = at.child(rounds.next());
      walk.emit(new RunEvent.FrameOpened(child, at, rounds.next()));
      walk.enter(walk.state.existing(child));
      settle(child);
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
    Frame frame = walk.state.frame(at.frame());
    return frame == null ? null : frame.rounds.get(frame.scope.find(at.node()));
  }

  /** When nothing is to come from a round any more, its container takes what it gave. */
  void settle(String id) {
    Frame frame = walk.state.frame(id);
    if (walk.isEnded() || frame == null || frame.container == null || frame.active > 0) {
      return;
    }
    Rounds rounds = rounds(frame.container);
    switch (rounds == null ? null : rounds.opening()) {
      case Outcome.Iterate iterate -> {
        Value output = walk.state.find(id, iterate.output());
        closeRound(frame, output == null ? Value.NULL : output, null);
      }
      case Outcome.Loop loop when frame.stop || !loop.asks() -> closeTurn(frame, frame.stop);
      case Outcome.Loop loop -> walk.schedule(new Address(id, frame.container.node()), 1);
      case null, default -> {}
    }
  }

  private void closeRound(Frame frame, Value output, @Nullable Failure failure) {
    Address at = container(frame);
    walk.emit(new RunEvent.FrameClosed(frame.id, output, failure));
    openRounds(at);
    Rounds rounds = rounds(at);
    if (rounds != null && rounds.open() == 0) {
      complete(at);
    }
  }

  void closeTurn(Frame frame, boolean stop) {
    Address at = container(frame);
    Value.Obj variables = frame.variables.get(at.node());
    walk.emit(
        new RunEvent.FrameClosed(frame.id, variables == null ? Value.EMPTY : variables, null));
    Rounds rounds = rounds(at);
    if (rounds == null || !(rounds.opening() instanceof Outcome.Loop loop)) {
      return;
    }
    if (stop || rounds.next() >= loop.count()) {
      complete(at);
    } else {
      String child = at.child(rounds.next());
      walk.emit(new RunEvent.FrameOpened(child, at, rounds.next()));
      walk.enter(walk.state.existing(child));
      settle(child);
    }
  }

  void closeFailed(Frame frame, Failure failure) {
    Address at = container(frame);
    Rounds rounds = rounds(at);
    if (rounds != null
        && rounds.opening() instanceof Outcome.Iterate iterate
        && iterate.onError() != Outcome.OnRoundError.TERMINATE) {
      closeRound(frame, Value.NULL, failure);
      return;
    }
    for (String open : walk.state.openFrames(at)) {
      walk.emit(new RunEvent.FrameClosed(open, Value.NULL, failure));
    }
    walk.failed(at, walk.attempt(at), failure);
  }

  private void complete(Address at) {
    Rounds rounds = rounds(at);
    if (rounds != null && !walk.isEnded()) {
      walk.done(at, walk.attempt(at), Outcome.Done.of(rounds.outputs()));
    }
  }

  private static Address container(Frame frame) {
    if (frame.container == null) {
      throw new IllegalStateException("the run itself is no round");
    }
    return frame.container;
  }
}
