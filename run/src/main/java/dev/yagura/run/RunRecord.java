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
 */
public record RunRecord(
    RunId id, String workflow, RunStatus status, Instant createdAt, @Nullable Instant finishedAt) {}
