package dev.yagura.aws.sqs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with a queue, without asking it.
 *
 * @param region empty where it is the machine's own
 * @param error what did not work last, while it still matters; empty otherwise
 * @param since when that began
 */
public record QueueStatus(
    String url,
    String name,
    String region,
    State state,
    String error,
    @Nullable Instant since,
    Totals totals) {

  /** What is done with it. */
  public enum State {
    /** Not started, or stopped. */
    STOPPED,
    POLLING,
    /** So much accepted work waits that nothing more is fetched. */
    PAUSED,
    /** Asked again and again, with pauses; something does not work. */
    FAILING
  }

  /**
   * Since the start of the process.
   *
   * @param received messages, each time that they came
   * @param kept findings that were new
   * @param duplicates findings that were known
   * @param refused messages that went to the dead letters
   * @param unburied messages that nobody can use and that could not be put there
   * @param returned messages that come again because they could not be kept
   */
  public record Totals(
      long received, long kept, long duplicates, long refused, long unburied, long returned) {}
}
