package dev.yagura.model;

import java.time.Duration;

/**
 * What a call used.
 *
 * @param firstToken until the first piece of the answer
 * @param total until its end
 */
public record Usage(long promptTokens, long completionTokens, Duration firstToken, Duration total) {
  public static final Usage NONE = new Usage(0, 0, Duration.ZERO, Duration.ZERO);

  public long totalTokens() {
    return promptTokens + completionTokens;
  }
}
