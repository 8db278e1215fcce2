package dev.yagura.run;

import dev.yagura.graph.Address;
import dev.yagura.graph.value.Value;
import java.time.Instant;

/**
 * One attempt of a node, as people see it in the log of a run.
 *
 * @param status {@code succeeded}, {@code failed}, {@code exception} or {@code retry}
 *     (dify-contract §2.1)
 * @param error empty when it went well
 * @param trace {@code inputs} and {@code process_data}
 */
public record NodeLog(
    Address at,
    int attempt,
    String type,
    String title,
    String status,
    String error,
    Value.Obj trace,
    Value.Obj outputs,
    Instant startedAt,
    Instant finishedAt) {}
