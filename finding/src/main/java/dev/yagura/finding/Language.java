package dev.yagura.finding;

import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages of alerts. */
public enum Language {
  EN,
  JA;

  /** {@code en} or {@code ja}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The language of a tag such as {@code ja}, {@code ja_JP.UTF-8} or {@code en-GB}; null where it
   * is neither.
   */
  public static @Nullable Language of(@Nullable String tag) {
    if (tag == null) {
      return null;
    }
    String lower = tag.strip().toLowerCase(Locale.ROOT);
    if (lower.matches("ja([-_.].*)?")) {
      return JA;
    }
    return lower.matches("en([-_.].*)?") ? EN : null;
  }

  /** The time zone that its readers expect where nobody has set one. */
  public ZoneId defaultZone() {
    return ZoneId.of(this == JA ? "Asia/Tokyo" : "UTC");
  }
}
