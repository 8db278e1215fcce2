package dev.yagura.run;

import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunState;
import dev.yagura.graph.Signal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Runs workflows in this process: a mailbox per run on a virtual thread of its own, every node on a
 * virtual thread of its own. What was decided is durable before anything is done about it.
 */
public final class LocalDriver implements AutoCloseable {
  private final RunJournal journal;
  private final NodeRunner runner;
  private final InstantSource clock;
  private final Map<RunId, Mailbox> mailboxes = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("run-timers").factory());

  public LocalDriver(RunJournal journal, NodeRunner runner, InstantSource clock) {
    this.journal = journal;
    this.runner = runner;
    this.clock = clock;
  }

  /**
   * Starts a run; the future ends with its last state, or exceptionally when it cannot be written
   * down.
   */
  public CompletableFuture<RunState> start(
      RunId id, WorkflowVersion workflow, RunInput input, RunListener listener) {
    Mailbox mailbox = open(id, workflow, listener);
    mailbox.send(new Signal.Start(input));
    return mailbox.start(false);
  }

  /**
   * Goes on with every run that has not ended: after a crash what was ordered and has no end is
   * done again, what has ended is not.
   *
   * @return the runs whose workflow is not known any more; they stay open
   */
  public List<RunRecord> resumeAll(Workflows workflows, RunListener listener) {
    List<RunRecord> orphans = new ArrayList<>();
    for (RunRecord run : journal.open()) {
      Optional<WorkflowVersion> workflow = workflows.find(run.workflow());
      if (workflow.isEmpty()) {
        orphans.add(run);
      } else if (!mailboxes.containsKey(run.id())) {
        CompletableFuture<RunState> unused = open(run.id(), workflow.get(), listener).start(true);
      }
    }
    return orphans;
  }

  private Mailbox open(RunId id, WorkflowVersion workflow, RunListener listener) {
    var progress = new RunProgress(id, workflow, journal, clock);
    var mailbox =
        new Mailbox(id, workflow, progress, runner, timers, clock, listener, mailboxes::remove);
    if (mailboxes.putIfAbsent(id, mailbox) != null) {
      throw new IllegalStateException("run " + id + " goes on already");
    }
    return mailbox;
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
    timers.shutdownNow();
    mailboxes.values().forEach(Mailbox::abandon);
    mailboxes.clear();
  }
}
