package dev.yagura.run;

import dev.yagura.base.RunId;
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
}
