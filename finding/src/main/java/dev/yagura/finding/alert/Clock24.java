package dev.yagura.finding.alert;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** Dates and times as alerts write them: {@code 2019-06-09 19:10:08}. */
final class Clock24 {
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final ZoneId zone;

  Clock24(ZoneId zone) {
    this.zone = zone;
  }

  String full(Instant time) {
    return FULL.format(time.atZone(zone));
  }

  /** The time alone where the day is that of the other time. */
  String after(Instant first, Instant time) {
    ZonedDateTime at = time.atZone(zone);
    boolean sameDay = first.atZone(zone).toLocalDate().equals(at.toLocalDate());
    return sameDay ? TIME.format(at) : FULL.format(at);
  }

  /** {@code UTC}, {@code Japan Time} or {@code 日本時間}. */
  String zoneName(Locale locale) {
    if (zone.getId().equals("Asia/Tokyo")) {
      return locale.getLanguage().equals("ja") ? "日本時間" : "JST";
    }
    return zone.getId().equals("Z") || zone.getId().equals("UTC")
        ? "UTC"
        : zone.getDisplayName(TextStyle.SHORT, locale);
  }
}
