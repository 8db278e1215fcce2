package dev.yagura.finding;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads a time in the forms met in findings: ISO 8601, with a blank for the T, without a zone
 * (UTC), epoch seconds.
 */
public final class Times {
  private Times() {}

  /** Null where the text is no time. */
  public static @Nullable Instant parse(@Nullable String text) {
    if (text == null || text.length() > 40) {
      return null;
    }
    String time = text.strip();
    try {
      if (time.matches("\\d{9,11}(\\.\\d+)?([eE]\\d+)?")) {
        return Instant.ofEpochMilli(new BigDecimal(time).movePointRight(3).longValue());
      }
      String iso = time.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
      return iso.matches(".*(Z|[+-]\\d{2}:?\\d{2})$")
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException other) {
      return null;
    }
  }
}
