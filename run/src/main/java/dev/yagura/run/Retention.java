package dev.yagura.run;

import java.time.Instant;

/**
 * Deletes what is old, a little at a time, so that nothing else waits long. Runs that go on are
 * never deleted.
 */
public interface Retention {
  /**
   * Deletes ended runs that ended before the time, with their journal, logs and alerts, and handled
   * findings that came before it, and delivered or failed alerts from before it that no run is kept
   * for. A finding that nobody has handled and a run whose alert waits stay, however old they are.
   *
   * @param most rows of each kind at most
   * @return how many were deleted; 0 when there is nothing more
   */
  int deleteBefore(Instant time, int most);

  /** Bytes that the store takes. */
  long size();

  /**
   * Deletes the oldest ended runs whose alerts were all delivered.
   *
   * @return how many were deleted; 0 when there is nothing more
   */
  int deleteOldest(int most);
}
