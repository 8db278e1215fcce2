package dev.yagura.server.http.dataset;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The number under which a client asks how far the work of its request is. */
final class BatchNumbers {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LEAST = 100_000;
  private static final int END = 1_000_000;

  private BatchNumbers() {}

  /** As in Dify: the time and six digits. */
  static String next(InstantSource clock) {
    return TIME.format(clock.instant()) + ThreadLocalRandom.current().nextInt(LEAST, END);
  }
}
