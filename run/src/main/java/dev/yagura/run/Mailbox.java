package dev.yagura.run;

import dev.yagura.base.Boundary;
import dev.yagura.base.RunId;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunState;
import dev.yagura.graph.Signal;
import dev.yagura.graph.Timer;
import dev.yagura.graph.Transitions.Phase;
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
  private final RunId id;
  private final WorkflowVersion workflow;
  private final RunProgress progress;
  private final NodeRunner runner;
  private final ScheduledExecutorService timers;
  private final InstantSource clock;
  private final RunListener listener;
  private final Consumer<RunId> ended;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Map<RunEvent.NodeScheduled, Thread> nodes = new ConcurrentHashMap<>();
  private final CompletableFuture<RunState> future = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean resuming;
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

  CompletableFuture<RunState> start(boolean resume) {
    resuming = resume;
    thread.start();
    return future;
  }

  CompletableFuture<RunState> future() {
    return future;
  }

  void send(Signal signal) {
    signals.add(signal);
  }

  /** Stops working on the run without ending it. */
  void abandon() {
    thread.interrupt();
    nodes.values().forEach(Thread::interrupt);
  }

  @Boundary(
      "what cannot be written down ends the work on this run here; it is resumed at the next start")
  private void work() {
    try {
      if (resuming) {
        restore();
      }
      while (progress.state().phase() != Phase.ENDED) {
        List<RunEvent> events = progress.take(signals.take());
        if (!events.isEmpty()) {
          events.forEach(this::act);
          listener.heard(id, events);
        }
      }
      nodes.values().forEach(Thread::interrupt);
      ended.accept(id);
      future.complete(progress.state());
    } catch (InterruptedException abandoned) {
      future.cancel(false);
    } catch (RuntimeException broken) {
      nodes.values().forEach(Thread::interrupt);
      ended.accept(id);
      future.completeExceptionally(broken);
    }
  }

  private void restore() {
    began = progress.restore();
    RunState state = progress.state();
    state.scheduled().forEach(this::order);
    state
        .retrying()
        .forEach(retry -> set(new Timer.Retry(retry.at(), retry.attempt()), Duration.ZERO));
    Duration left = state.input().limits().time().minus(Duration.between(began, clock.instant()));
    set(new Timer.Deadline(), left.isNegative() ? Duration.ZERO : left);
  }

  private void act(RunEvent event) {
    switch (event) {
      case RunEvent.NodeScheduled order -> order(order);
      case RunEvent.TimerSet(Timer timer, Duration after) -> set(timer, after);
      case RunEvent.FrameClosed closed -> stop(closed.frame());
      default -> {}
    }
  }

  private void order(RunEvent.NodeScheduled order) {
    Call call = Call.of(id, workflow, progress.state(), order);
    Thread node = Thread.ofVirtual().name("node-" + order.at()).unstarted(() -> run(call));
    nodes.put(order, node);
    node.start();
  }

  private void run(Call call) {
    try {
      Signal answer = NodeAnswer.of(runner, call);
      send(answer);
    } catch (InterruptedException abandoned) {
      Thread.currentThread().interrupt();
    } finally {
      nodes.remove(call.order());
    }
  }

  private void set(Timer timer, Duration after) {
    Runnable fire =
        () -> send(new Signal.TimerFired(timer, Duration.between(began, clock.instant())));
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
