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

  /** Of a call without an answer in words. */
  public static Usage ofInput(long tokens, Duration total) {
    return new Usage(tokens, 0, total, total);
  }

  /** Of both calls together. */
  public Usage plus(Usage other) {
    return new Usage(
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        firstToken.plus(other.firstToken),
        total.plus(other.total));
  }

  public long totalTokens() {
    return promptTokens + completionTokens;
  }
}
