package dev.yagura.run;

import dev.yagura.base.Failure;
import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.Node;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunState;
import dev.yagura.graph.Signal;
import dev.yagura.graph.Timer;
import dev.yagura.graph.Transitions.Phase;
import dev.yagura.graph.Traversal;
import dev.yagura.graph.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run between two signals: decides, writes down, goes on. Used by one thread at a time. */
final class RunProgress {
  private final RunId id;
  private final WorkflowVersion workflow;
  private final RunJournal journal;
  private final InstantSource clock;
  private final Origin origin;
  private final Map<Address, Instant> started = new HashMap<>();
  private RunState state;
  private @Nullable RunRecord record;
  private int sequence;
  private long tokens;

  RunProgress(
      RunId id, WorkflowVersion workflow, RunJournal journal, InstantSource clock, Origin origin) {
    this.id = id;
    this.workflow = workflow;
    this.journal = journal;
    this.clock = clock;
    this.origin = origin;
    this.state = RunState.of(workflow.graph());
  }

  RunState state() {
    return state;
  }

  /** What is known of the run; null before it is written down. */
  @Nullable RunRecord record() {
    return record;
  }

  /**
   * Goes on from what is written down; gives the time when the deadline was set that counts now.
   */
  Instant restore() {
    record = journal.find(id).orElseThrow();
    List<Entry> entries = journal.read(id);
    Instant deadlineSet = entries.getFirst().at();
    for (Entry entry : entries) {
      for (RunEvent event : entry.events()) {
        refuseOtherVersion(event);
        if (event instanceof RunEvent.NodeSucceeded done) {
          tokens += tokens(done);
        }
        if (event instanceof RunEvent.TimerSet set && set.timer() instanceof Timer.Deadline) {
          deadlineSet = entry.at();
        }
      }
      state = state.evolve(entry.events());
      sequence = entry.sequence();
    }
    Instant now = clock.instant();
    state.scheduled().forEach(order -> started.put(order.at(), now));
    return deadlineSet;
  }

  private void refuseOtherVersion(RunEvent event) {
    if (event instanceof RunEvent.RunStarted begun && begun.traversal() != Traversal.VERSION) {
      throw new IllegalStateException(
          "run "
              + id
              + " was decided by version "
              + begun.traversal()
              + " of the traversal (expected: "
              + Traversal.VERSION
              + ")");
    }
  }

  /** What the signal leads to, after it is durable. Empty when the signal changes nothing. */
  List<RunEvent> take(Signal signal) {
    Traversal.Step step = Traversal.step(state, signal);
    if (step.events().isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    var entry =
        new Entry(
            sequence + 1,
            now,
            step.events(),
            logs(step.events(), now),
            totals(step.next(), step.events()));
    RunRecord before = record;
    if (before == null) {
      before =
          new RunRecord(id, workflow.id(), step.next().status(), now, null, origin, RunTotals.NONE);
      journal.create(before, entry);
    } else {
      journal.append(id, entry);
    }
    record = before.after(entry);
    state = step.next();
    sequence = entry.sequence();
    note(step.events(), now);
    return step.events();
  }

  private RunTotals totals(RunState next, List<RunEvent> events) {
    if (next.phase() != Phase.ENDED) {
      return RunTotals.NONE;
    }
    long all = tokens;
    for (RunEvent event : events) {
      all += event instanceof RunEvent.NodeSucceeded done ? tokens(done) : 0;
    }
    Failure failure = next.failure();
    return new RunTotals(
        next.steps(), all, next.exceptions(), failure == null ? "" : failure.message());
  }

  private static long tokens(RunEvent.NodeSucceeded done) {
    return done.outputs().get("usage") instanceof Value.Obj usage
            && usage.get("total_tokens") instanceof Value.Int(long count)
        ? count
        : 0;
  }

  /** Only once the entry is durable: a signal may be taken again when the store was busy. */
  private void note(List<RunEvent> events, Instant now) {
    for (RunEvent event : events) {
      switch (event) {
        case RunEvent.NodeScheduled(Address at, int attempt) -> started.put(at, now);
        case RunEvent.NodeSucceeded done -> {
          started.remove(done.at());
          tokens += tokens(done);
        }
        case RunEvent.NodeFailed failed -> started.remove(failed.at());
        default -> {}
      }
    }
  }

  private List<NodeLog> logs(List<RunEvent> events, Instant now) {
    List<NodeLog> logs = new ArrayList<>();
    for (RunEvent event : events) {
      switch (event) {
        case RunEvent.NodeSucceeded done ->
            logs.add(
                log(done.at(), done.attempt(), "succeeded", "", done.trace(), done.outputs(), now));
        case RunEvent.NodeFailed failed ->
            logs.add(
                log(
                    failed.at(),
                    failed.attempt(),
                    status(failed.handling()),
                    failed.failure().message(),
                    Value.EMPTY,
                    Value.EMPTY,
                    now));
        default -> {}
      }
    }
    return logs;
  }

  static String status(RunEvent.Handling handling) {
    return switch (handling) {
      case RETRY -> "retry";
      case DEFAULT_VALUE, FAIL_BRANCH -> "exception";
      case ABORT -> "failed";
    };
  }

  private NodeLog log(
      Address at,
      int attempt,
      String status,
      String error,
      Value.Obj trace,
      Value.Obj outputs,
      Instant now) {
    Node node = workflow.graph().node(at.node());
    Instant began = started.get(at);
    return new NodeLog(
        at,
        attempt,
        node == null ? "" : node.type(),
        node == null ? "" : node.title(),
        status,
        error,
        trace,
        outputs,
        began == null ? now : began,
        now);
  }
}
