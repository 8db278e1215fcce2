package dev.yagura.run;

import dev.yagura.base.RunId;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run without reading its journal.
 *
 * @param workflow id of the version it was made from
 * @param finishedAt null while it goes on
 * @param origin who asked for it
 * @param totals what it came to; all zero while it goes on
 */
public record RunRecord(
    RunId id,
    String workflow,
    RunStatus status,
    Instant createdAt,
    @Nullable Instant finishedAt,
    Origin origin,
    RunTotals totals) {
  public RunRecord(
      RunId id,
      String workflow,
      RunStatus status,
      Instant createdAt,
      @Nullable Instant finishedAt) {
    this(id, workflow, status, createdAt, finishedAt, Origin.NONE, RunTotals.NONE);
  }

  /** The record after an entry of the journal. */
  public RunRecord after(Entry entry) {
    RunStatus now = status;
    for (RunEvent event : entry.events()) {
      now =
          switch (event) {
            case RunEvent.RunPaused paused -> RunStatus.PAUSED;
            case RunEvent.RunResumed resumed -> RunStatus.RUNNING;
            case RunEvent.RunFinished end -> end.status();
            default -> now;
          };
    }
    boolean ends = entry.finished() != null;
    return new RunRecord(
        id,
        workflow,
        now,
        createdAt,
        ends ? entry.at() : finishedAt,
        origin,
        ends ? entry.totals() : totals);
  }
}
