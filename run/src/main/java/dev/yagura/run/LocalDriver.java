package dev.yagura.run;

import dev.yagura.base.Boundary;
import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunState;
import dev.yagura.graph.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Runs workflows in this process: a mailbox per run on a virtual thread of its own, every node on a
 * virtual thread of its own. What was decided is durable before anything is done about it.
 */
public final class LocalDriver implements AutoCloseable {
  private final RunJournal journal;
  private final NodeRunner runner;
  private final InstantSource clock;
  private final Map<RunId, Mailbox> mailboxes = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("run-timers").factory());
  private volatile boolean closed;

  public LocalDriver(RunJournal journal, NodeRunner runner, InstantSource clock) {
    this.journal = journal;
    this.runner = runner;
    this.clock = clock;
    timers.setRemoveOnCancelPolicy(true);
  }

  /**
   * Starts a run; the future ends with its last state, or exceptionally when it cannot be written
   * down.
   */
  public CompletableFuture<RunState> start(
      RunId id, WorkflowVersion workflow, RunInput input, RunListener listener) {
    return start(id, workflow, input, Origin.NONE, listener);
  }

  /** As above, saying who asked for it. */
  public CompletableFuture<RunState> start(
      RunId id, WorkflowVersion workflow, RunInput input, Origin origin, RunListener listener) {
    var progress = new RunProgress(id, workflow, journal, clock, origin);
    Mailbox mailbox = mailbox(id, workflow, progress, listener);
    if (mailboxes.putIfAbsent(id, mailbox) != null) {
      throw new IllegalStateException("run " + id + " goes on already");
    }
    mailbox.send(new Signal.Start(input));
    return mailbox.start();
  }

  /**
   * A run that could not be resumed; it stays open.
   *
   * @param reason for a person
   */
  public record NotResumed(RunRecord run, String reason) {}

  /**
   * Goes on with every run that has not ended: after a crash what was ordered and has no end is
   * done again, what has ended is not. Reads one journal after the other, so that many open runs do
   * not flood the store.
   */
  public List<NotResumed> resumeAll(Workflows workflows, RunListener listener) {
    List<NotResumed> left = new ArrayList<>();
    for (RunRecord run : journal.open()) {
      if (!mailboxes.containsKey(run.id())) {
        resume(run, workflows, listener).ifPresent(left::add);
      }
    }
    return left;
  }

  @Boundary("a run that cannot be read is reported, and the others are resumed all the same")
  private Optional<NotResumed> resume(RunRecord run, Workflows workflows, RunListener listener) {
    try {
      Optional<WorkflowVersion> found = workflows.find(run.workflow());
      if (found.isEmpty()) {
        return Optional.of(
            new NotResumed(run, "its workflow " + run.workflow() + " is not known any more"));
      }
      WorkflowVersion workflow = found.get();
      var progress = new RunProgress(run.id(), workflow, journal, clock, run.origin());
      Instant deadlineSet = progress.restore();
      Mailbox mailbox = mailbox(run.id(), workflow, progress, listener);
      if (mailboxes.putIfAbsent(run.id(), mailbox) == null) {
        mailbox.restored(deadlineSet);
        CompletableFuture<RunState> unused = mailbox.start();
      }
      return Optional.empty();
    } catch (RuntimeException unreadable) {
      return Optional.of(new NotResumed(run, String.valueOf(unreadable.getMessage())));
    }
  }

  private Mailbox mailbox(
      RunId id, WorkflowVersion workflow, RunProgress progress, RunListener listener) {
    if (closed) {
      throw new IllegalStateException("the driver is closed");
    }
    return new Mailbox(id, workflow, progress, runner, timers, clock, listener, mailboxes::remove);
  }

  /** The future of a run that goes on here; empty where there is none. */
  public Optional<CompletableFuture<RunState>> running(RunId id) {
    return Optional.ofNullable(mailboxes.get(id)).map(Mailbox::future);
  }

  /** Ends a run; false where no such run goes on here. */
  public boolean cancel(RunId id, String reason) {
    return send(id, new Signal.Cancelled(reason));
  }

  /** Gives what a suspended node waited for; false where no such run goes on here. */
  public boolean resume(RunId id, Address at, Outcome outcome) {
    return send(id, new Signal.Resumed(at, outcome));
  }

  private boolean send(RunId id, Signal signal) {
    Mailbox mailbox = mailboxes.get(id);
    if (mailbox != null) {
      mailbox.send(signal);
    }
    return mailbox != null;
  }

  /** Stops without ending the runs: they go on at the next start. */
  @Override
  public void close() {
    closed = true;
    timers.shutdownNow();
    mailboxes.values().forEach(Mailbox::abandon);
    mailboxes.values().forEach(Mailbox::join);
    mailboxes.clear();
  }
}
