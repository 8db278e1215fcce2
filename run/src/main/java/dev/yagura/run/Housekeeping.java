package dev.yagura.run;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Keeps the store within bounds: by age first, then by size. It stops when deleting does not help,
 * because what is left is not history. Works in small batches with other work in between, so a run
 * never waits for more than one batch.
 */
public final class Housekeeping {
  /** Rows of each kind in one batch. */
  static final int BATCH = 100;

  private final Retention retention;
  private final InstantSource clock;

  public Housekeeping(Retention retention, InstantSource clock) {
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * What is kept.
   *
   * @param age of ended runs and findings at most
   * @param bytes of the store at most; the oldest ended runs go first
   */
  public record Policy(Duration age, long bytes) {
    public static final Policy DEFAULT = new Policy(Duration.ofDays(90), 10L << 30);
  }

  /** Deletes what the policy does not keep; gives how many runs and findings that were. */
  public int apply(Policy policy) {
    int deleted = 0;
    int batch = BATCH;
    while (batch > 0) {
      batch = retention.deleteBefore(clock.instant().minus(policy.age()), BATCH);
      deleted += batch;
    }
    batch = BATCH;
    long size = retention.size();
    while (batch > 0 && size > policy.bytes()) {
      batch = retention.deleteOldest(BATCH);
      deleted += batch;
      long after = retention.size();
      batch = after < size ? batch : 0;
      size = after;
    }
    return deleted;
  }
}
