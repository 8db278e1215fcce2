package dev.yagura.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How many alerts a channel gets as messages of their own. When more come, the others are collected
 * for a digest. Kept in memory alone: after a restart the count begins anew.
 */
final class Pace {
  private final OutboxDelivery.Limits limits;
  private final Deque<Instant> sent = new ArrayDeque<>();
  private @Nullable Instant collecting;

  Pace(OutboxDelivery.Limits limits) {
    this.limits = limits;
  }

  /** Whether another alert may go alone now. */
  boolean mayGoAlone(Instant now) {
    while (!sent.isEmpty() && !sent.getFirst().isAfter(now.minus(limits.window()))) {
      sent.removeFirst();
    }
    return sent.size() < limits.alone();
  }

  void wentAlone(Instant now) {
    sent.addLast(now);
  }

  /** Whether a digest of so many is to go out now; the collecting begins with the first. */
  boolean isDigestDue(int waiting, int full, Instant now) {
    if (waiting == 0) {
      collecting = null;
      return false;
    }
    if (collecting == null) {
      collecting = now;
    }
    return waiting >= full || !now.isBefore(collecting.plus(limits.collect()));
  }

  void digestWentOut() {
    collecting = null;
  }

  /**
   * When repeats that come now go out: at the end of a window that is the same for all, so that one
   * message tells of all of them, also after a restart.
   */
  static Instant endOfWindow(Instant now, Duration window) {
    long length = Math.max(1, window.toMillis());
    return Instant.ofEpochMilli((now.toEpochMilli() / length + 1) * length);
  }
}
