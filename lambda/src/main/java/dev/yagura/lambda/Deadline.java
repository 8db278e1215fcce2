package dev.yagura.lambda;

import java.time.Duration;

/** Until when something has to be done. */
record Deadline(Timing timing, long end) {
  static Deadline in(Duration length, Timing timing) {
    return new Deadline(timing, timing.nanos() + length.toNanos());
  }

  /** What is left, never negative. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, end - timing.nanos()));
  }

  /** This deadline, or an earlier one. */
  Deadline atMost(Duration length) {
    return left().compareTo(length) <= 0 ? this : in(length, timing);
  }
}
