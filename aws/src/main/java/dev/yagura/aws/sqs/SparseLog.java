package dev.yagura.aws.sqs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;

/** Says a thing at once, then once a minute at most, with how often it happened in between. */
final class SparseLog {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Logger log;
  private final InstantSource clock;
  private Instant next = Instant.MIN;
  private long unsaid;

  SparseLog(Logger log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  synchronized void warn(String message) {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      unsaid++;
      return;
    }
    log.warn("{}{}", message, unsaid == 0 ? "" : " (and " + unsaid + " more like it before)");
    next = now.plus(PAUSE);
    unsaid = 0;
  }
}
