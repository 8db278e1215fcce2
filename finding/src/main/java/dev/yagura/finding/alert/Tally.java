package dev.yagura.finding.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often what an alert tells of was seen after it.
 *
 * @param updates different updates and findings after the first
 * @param findings different findings, the first among them
 * @param lastSeen the latest of them
 * @param count GuardDuty's own counter in the latest of them, at least 1
 */
public record Tally(int updates, int findings, @Nullable Instant lastSeen, long count) {}
