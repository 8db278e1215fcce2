package dev.yagura.model;

import java.time.Duration;

/**
 * How long an answer may take.
 *
 * @param connect to reach the provider
 * @param firstToken until it begins to answer
 * @param total until the answer is complete
 */
public record Deadlines(Duration connect, Duration firstToken, Duration total) {
  public static final Deadlines DEFAULT =
      new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5));
}
