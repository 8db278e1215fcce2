package dev.yagura.finding;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The band of a severity number (guardduty.md §1). Always from the number of the finding, never
 * from its type.
 */
public enum Severity {
  /** The finding has no number. */
  UNKNOWN(0),
  LOW(1),
  MEDIUM(2),
  HIGH(3),
  CRITICAL(4);

  private final int rank;

  Severity(int rank) {
    this.rank = rank;
  }

  /** From 0, for unknown, to 4: to be kept and to be sorted by. */
  public int rank() {
    return rank;
  }

  /** Low below 4, medium below 7, high below 9, critical from 9. */
  public static Severity of(@Nullable Double number) {
    if (number == null || number.isNaN()) {
      return UNKNOWN;
    }
    if (number >= 9) {
      return CRITICAL;
    }
    if (number >= 7) {
      return HIGH;
    }
    return number >= 4 ? MEDIUM : LOW;
  }

  /** The higher of the two: a model may raise a severity, never lower it. */
  public Severity atLeast(Severity other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The band that a word names, or null. */
  public static @Nullable Severity named(String word) {
    for (Severity band : values()) {
      if (band.name().equalsIgnoreCase(word.strip())) {
        return band;
      }
    }
    return null;
  }

  /** {@code high}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
