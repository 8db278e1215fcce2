package dev.yagura.graph;

import java.time.Duration;

/**
 * What one run may use (dify-contract §3.2, §8).
 *
 * @param steps node starts outside containers, retries included
 * @param roundSteps node starts inside containers, retries included
 * @param time from start to end, pauses apart
 */
public record Limits(int steps, int roundSteps, Duration time) {
  public static final Limits DEFAULT = new Limits(500, 50_000, Duration.ofMinutes(20));
}
