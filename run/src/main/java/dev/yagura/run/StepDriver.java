package dev.yagura.run;

import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunState;
import dev.yagura.graph.Signal;
import dev.yagura.graph.Timer;
import dev.yagura.graph.Transitions.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Runs a workflow one node at a time, on the caller's thread and by its own clock: for tests, and
 * for a person who steps through a run. Nothing sleeps; {@link #advance} moves the clock.
 */
public final class StepDriver {
  private record Due(Instant at, long order, Timer timer) {}

  private final NodeRunner runner;
  private final RunId id;
  private final WorkflowVersion workflow;
  private final RunProgress progress;
  private final RunListener listener;
  private final Deque<RunEvent.NodeScheduled> ordered = new ArrayDeque<>();
  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private Instant now;
  private Instant began;
  private long timerCount;

  public StepDriver(
      RunId id,
      WorkflowVersion workflow,
      RunJournal journal,
      NodeRunner runner,
      Instant now,
      RunListener listener) {
    this.id = id;
    this.workflow = workflow;
    this.runner = runner;
    this.now = now;
    this.began = now;
    this.listener = listener;
    InstantSource clock = () -> this.now;
    this.progress = new RunProgress(id, workflow, journal, clock, Origin.NONE);
  }

  public StepDriver start(RunInput input) {
    return signal(new Signal.Start(input));
  }

  /** Goes on with a run that is in the journal: orders without an end are given again. */
  public StepDriver resume() {
    began = progress.restore();
    RunState state = progress.state();
    ordered.addAll(state.scheduled());
    for (RunEvent.NodeScheduled retry : state.retrying()) {
      timers.add(new Due(now, timerCount++, new Timer.Retry(retry.at(), retry.attempt())));
    }
    if (state.phase() == Phase.RUNNING) {
      Timer deadline = new Timer.Deadline(state.generation());
      timers.add(new Due(began.plus(state.input().limits().time()), timerCount++, deadline));
    }
    return this;
  }

  /** Gives a signal, as somebody outside would. */
  public StepDriver signal(Signal signal) {
    List<RunEvent> events = progress.take(signal);
    for (RunEvent event : events) {
      switch (event) {
        case RunEvent.NodeScheduled order -> ordered.add(order);
        case RunEvent.TimerSet(Timer timer, Duration after) -> {
          began = timer instanceof Timer.Deadline ? now : began;
          timers.add(new Due(now.plus(after), timerCount++, timer));
        }
        default -> {}
      }
    }
    if (!events.isEmpty()) {
      listener.heard(id, events);
    }
    return this;
  }

  /** The node that {@link #step} runs next, or empty. */
  public Optional<Address> next() {
    return Optional.ofNullable(ordered.peek()).map(RunEvent.NodeScheduled::at);
  }

  /** Runs the next node; false when none is ordered. */
  public boolean step() {
    RunEvent.NodeScheduled order = ordered.poll();
    while (order != null && !state().scheduled().contains(order)) {
      order = ordered.poll();
    }
    if (order == null || state().phase() == Phase.ENDED) {
      return false;
    }
    signal(NodeAnswer.of(runner, Call.of(id, workflow, state(), order, listener)));
    return true;
  }

  /** Steps until nothing is ordered; retries come due at once. */
  public StepDriver run() {
    boolean more = true;
    while (more) {
      more = step();
      if (!more && state().phase() == Phase.RUNNING && !state().retrying().isEmpty()) {
        Due due = timers.remove();
        now = due.at().isAfter(now) ? due.at() : now;
        fire(due);
        more = true;
      }
    }
    return this;
  }

  /** Moves the clock, and fires what comes due. */
  public StepDriver advance(Duration time) {
    now = now.plus(time);
    while (!timers.isEmpty() && !timers.peek().at().isAfter(now)) {
      fire(timers.remove());
    }
    return this;
  }

  private void fire(Due due) {
    signal(new Signal.TimerFired(due.timer(), Duration.between(began, now)));
  }

  /** Gives what a suspended node waited for. */
  public StepDriver resume(Address at, Outcome outcome) {
    return signal(new Signal.Resumed(at, outcome));
  }

  public RunState state() {
    return progress.state();
  }
}
