package dev.yagura.run;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.NodeState;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunState;
import dev.yagura.graph.Signal;
import dev.yagura.graph.Timer;
import dev.yagura.graph.Transitions.Phase;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One run in {@link LocalDriver}: takes signals one at a time, orders nodes, sets timers. */
final class Mailbox {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration JOIN = Duration.ofSeconds(5);

  private final RunId id;
  private final WorkflowVersion workflow;
  private final RunProgress progress;
  private final NodeRunner runner;
  private final ScheduledExecutorService timers;
  private final InstantSource clock;
  private final Consumer<RunId> ended;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Map<RunEvent.NodeScheduled, Thread> nodes = new ConcurrentHashMap<>();
  private final CompletableFuture<RunState> future = new CompletableFuture<>();
  private final Thread thread;
  private volatile RunListener listener;
  private volatile boolean abandoned;
  private Instant began;

  Mailbox(
      RunId id,
      WorkflowVersion workflow,
      RunProgress progress,
      NodeRunner runner,
      ScheduledExecutorService timers,
      InstantSource clock,
      RunListener listener,
      Consumer<RunId> ended) {
    this.id = id;
    this.workflow = workflow;
    this.progress = progress;
    this.runner = runner;
    this.timers = timers;
    this.clock = clock;
    this.listener = listener;
    this.ended = ended;
    this.began = clock.instant();
    this.thread = Thread.ofVirtual().name("run-" + id).unstarted(this::work);
  }

  CompletableFuture<RunState> start() {
    thread.start();
    return future();
  }

  /** A copy: what callers do to theirs does not end the run. */
  CompletableFuture<RunState> future() {
    return future.copy();
  }

  void send(Signal signal) {
    if (!abandoned) {
      signals.add(signal);
    }
  }

  /** Stops working on the run without ending it. */
  void abandon() {
    abandoned = true;
    thread.interrupt();
    nodes.values().forEach(Thread::interrupt);
  }

  /** Waits a little for an abandoned run to let go of the journal. */
  void join() {
    try {
      thread.join(JOIN);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  @Boundary(
      "what cannot be written down at all ends the work on this run here; it is resumed at the next"
          + " start")
  private void work() {
    try {
      while (progress.state().phase() != Phase.ENDED && !abandoned) {
        List<RunEvent> events = take(signals.take());
        if (!events.isEmpty()) {
          tell(events);
          events.forEach(this::act);
        }
      }
      nodes.values().forEach(Thread::interrupt);
      ended.accept(id);
      if (abandoned) {
        future.cancel(false);
      } else {
        tellEnd();
        future.complete(progress.state());
      }
    } catch (InterruptedException stopped) {
      nodes.values().forEach(Thread::interrupt);
      future.cancel(false);
    } catch (Throwable broken) {
      nodes.values().forEach(Thread::interrupt);
      ended.accept(id);
      future.completeExceptionally(broken);
    }
  }

  /**
   * Takes a signal. While the store cannot take it for now (busy, disk full) the run waits and
   * tries again; an answer of a node that cannot be written down at all becomes a failure of that
   * node.
   */
  private List<RunEvent> take(Signal signal) throws InterruptedException {
    Duration wait = FIRST_WAIT;
    Signal current = signal;
    while (true) {
      try {
        return progress.take(current);
      } catch (FlowException failed) {
        if (!failed.failure().retryable()) {
          throw failed;
        }
        Thread.sleep(wait);
        wait = wait.compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
      } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException poison) {
        current = unwritable(current, poison);
      }
    }
  }

  private static Signal unwritable(Signal signal, RuntimeException poison) {
    if (signal instanceof Signal.Succeeded(Address at, int attempt, Outcome outcome)) {
      return new Signal.Failed(
          at,
          attempt,
          Failure.internal(
              "UnstorableOutput", "the output cannot be stored: " + poison.getMessage()));
    }
    throw poison;
  }

  @Boundary("a listener that breaks is not heard any more; the run goes on")
  private void tell(List<RunEvent> events) {
    try {
      listener.heard(id, events);
    } catch (RuntimeException broken) {
      listener = RunListener.NONE;
    }
  }

  @Boundary("a listener that breaks does not keep the end from whoever waits for it")
  private void tellEnd() {
    RunRecord record = progress.record();
    try {
      if (record != null) {
        listener.ended(record);
      }
    } catch (RuntimeException broken) {
      listener = RunListener.NONE;
    }
  }

  /** Takes up what the journal says is open; the deadline goes on from when it was set. */
  void restored(Instant deadlineSet) {
    began = deadlineSet;
    RunState state = progress.state();
    state.scheduled().forEach(this::order);
    state
        .retrying()
        .forEach(retry -> set(new Timer.Retry(retry.at(), retry.attempt()), Duration.ZERO));
    if (state.phase() == Phase.RUNNING) {
      Duration left = state.input().limits().time().minus(Duration.between(began, clock.instant()));
      set(new Timer.Deadline(state.generation()), left.isNegative() ? Duration.ZERO : left);
    }
  }

  private void act(RunEvent event) {
    switch (event) {
      case RunEvent.NodeScheduled order -> order(order);
      case RunEvent.TimerSet(Timer timer, Duration after) -> {
        if (timer instanceof Timer.Deadline) {
          began = clock.instant();
        }
        set(timer, after);
      }
      case RunEvent.FrameClosed closed -> stop(closed.frame());
      default -> {}
    }
  }

  private void order(RunEvent.NodeScheduled order) {
    RunState state = progress.state();
    if (abandoned
        || state.phase() == Phase.ENDED
        || state.nodeState(order.at()) != NodeState.RUNNING) {
      return;
    }
    Call call = Call.of(id, workflow, state, order, listener);
    Thread node = Thread.ofVirtual().name("node-" + order.at()).unstarted(() -> run(call));
    nodes.put(order, node);
    node.start();
  }

  private void run(Call call) {
    Signal answer = NodeAnswer.of(runner, call);
    nodes.remove(call.order(), Thread.currentThread());
    send(answer);
  }

  private void set(Timer timer, Duration after) {
    Instant from = began;
    Runnable fire =
        () -> send(new Signal.TimerFired(timer, Duration.between(from, clock.instant())));
    try {
      var scheduled = timers.schedule(fire, after.toMillis(), TimeUnit.MILLISECONDS);
      if (timer instanceof Timer.Deadline) {
        CompletableFuture<RunState> unused =
            future.whenComplete((state, failure) -> scheduled.cancel(false));
      }
    } catch (RejectedExecutionException closing) {
      thread.interrupt();
    }
  }

  /** Nobody waits any more for the nodes of a closed round. */
  private void stop(String frame) {
    nodes.forEach(
        (order, node) -> {
          String at = order.at().frame();
          if (at.equals(frame) || at.startsWith(frame + "/")) {
            node.interrupt();
          }
        });
  }
}
