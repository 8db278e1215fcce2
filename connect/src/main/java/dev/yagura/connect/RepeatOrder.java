package dev.yagura.connect;

import dev.yagura.base.RunId;
import dev.yagura.finding.Language;
import dev.yagura.finding.Severity;
import dev.yagura.finding.alert.Digest;
import dev.yagura.graph.Effect;
import dev.yagura.graph.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What an alert went out for was seen again.
 *
 * @param thread of the findings
 * @param alert the run whose alert it repeats
 */
public record RepeatOrder(
    Digest.Line line, String thread, RunId alert, Language language, ZoneId zone) {
  /** The kind of the effect that carries an order. */
  public static final String EFFECT = "repeat";

  /** The order as an effect, to be kept and carried out. */
  public Effect effect(String id) {
    Instant seen = line.lastSeen();
    return new Effect(
        EFFECT,
        Value.object(
            "id",
            id,
            "thread",
            thread,
            "alert",
            alert.value(),
            "type",
            line.type(),
            "severity",
            line.severity().text(),
            "headline",
            line.headline(),
            "resource",
            line.resource(),
            "account",
            line.account(),
            "region",
            line.region(),
            "finding",
            line.finding(),
            "last_seen",
            seen == null ? "" : seen.toString(),
            "count",
            Long.toString(line.count()),
            "link",
            line.link(),
            "language",
            language.text(),
            "time_zone",
            zone.getId()));
  }

  /** The order that an effect carries; an IllegalArgumentException where it carries none. */
  public static RepeatOrder of(Effect effect) {
    Value.Obj payload = effect.payload();
    Severity severity = Severity.named(payload.text("severity", ""));
    Language language = Language.of(payload.text("language", ""));
    return new RepeatOrder(
        new Digest.Line(
            payload.text("type", ""),
            severity == null ? Severity.UNKNOWN : severity,
            payload.text("headline", ""),
            payload.text("resource", ""),
            payload.text("account", ""),
            payload.text("region", ""),
            payload.text("finding", ""),
            instant(payload.text("last_seen", "")),
            Long.parseLong(payload.text("count", "1")),
            payload.text("link", "")),
        payload.text("thread", ""),
        new RunId(payload.text("alert", "")),
        language == null ? Language.EN : language,
        zone(payload.text("time_zone", "")));
  }

  private static @Nullable Instant instant(String text) {
    return text.isEmpty() ? null : Instant.parse(text);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException("no time zone: " + name, unknown);
    }
  }
}
