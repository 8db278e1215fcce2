package dev.yagura.node.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.finding.Finding;
import dev.yagura.finding.FindingReader;
import dev.yagura.finding.FindingReader.Item;
import dev.yagura.finding.FindingType;
import dev.yagura.finding.Language;
import dev.yagura.finding.Severity;
import dev.yagura.finding.Tree;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.alert.Floor;
import dev.yagura.graph.Effect;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import dev.yagura.node.text.JsonValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an alert is made of, so that it can be written in the form of any channel at any
 * time.
 *
 * @param finding as it came
 * @param analysis a model's words; empty on the floor
 * @param judged the severity that the model gave, or null
 * @param reason why no model spoke; empty when none was asked
 */
public record AlertOrder(
    Finding finding,
    Language language,
    ZoneId zone,
    String analysis,
    @Nullable Severity judged,
    String reason) {

  /** Why no model spoke where none is set up; the alert then says only that none was used. */
  public static final String NO_MODEL = "no model is set up";

  /** The form of the names of finding types (guardduty §6). */
  private static final Pattern TYPE =
      Pattern.compile("[A-Za-z0-9]{1,64}:[A-Za-z0-9]{1,64}/[A-Za-z0-9.!&]{1,128}");

  /** The kind of the effect that carries an order. */
  public static final String EFFECT = "alert";

  /**
   * Reads the parameters of our tools: {@code finding} (JSON text or object), {@code language},
   * {@code time_zone}, {@code analysis}, {@code severity}, {@code reason}. Where the finding cannot
   * be read and {@code type} names one, the type alone is explained, and the alert says why.
   */
  static AlertOrder of(Value.Obj parameters) {
    Language asked = Language.of(parameters.text("language", ""));
    Language language = asked == null ? Language.EN : asked;
    String reason = parameters.text("reason", "");
    Finding finding;
    try {
      finding = finding(parameters.get("finding"));
    } catch (FlowException unusable) {
      String type = parameters.text("type", "").strip();
      if (!TYPE.matcher(type).matches()) {
        throw unusable;
      }
      finding =
          new Finding(
              FindingType.of(type),
              "",
              null,
              "",
              "",
              new Tree(JsonNodeFactory.instance.objectNode()));
      String why = unusable.failure().message();
      reason =
          reason.isEmpty() || reason.equals(NO_MODEL) || reason.contains(why)
              ? why
              : why + "; " + reason;
    }
    return new AlertOrder(
        finding,
        language,
        zone(parameters.text("time_zone", ""), language),
        parameters.text("analysis", ""),
        Severity.named(parameters.text("severity", "")),
        reason);
  }

  /** Whether only the type of the finding is known. */
  boolean knowsTypeAlone() {
    return finding.body().node().isEmpty();
  }

  static Finding finding(@Nullable Value given) {
    String json =
        switch (given) {
          case null -> "";
          case Value.Text(String text) -> text;
          default -> JsonValues.toJson(given).toString();
        };
    List<Item> items;
    try {
      items =
          FindingReader.read(
              "finding", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return switch (items.getFirst()) {
      case Item.Accepted(Finding finding) when items.size() == 1 -> finding;
      case Item.Accepted more ->
          throw unusable("finding: " + items.size() + " findings (expected: one)");
      case Item.Refused refused -> throw unusable(refused.problem().toString());
    };
  }

  private static FlowException unusable(String message) {
    return Failure.user("UnusableFinding", message).asException();
  }

  private static ZoneId zone(String name, Language language) {
    try {
      return name.isBlank() ? language.defaultZone() : ZoneId.of(name.strip());
    } catch (DateTimeException unknown) {
      throw new FlowException(
          Failure.user(
              "InvalidSetting",
              "time_zone: '" + name + "' is no time zone (expected: like Asia/Tokyo)"),
          unknown);
    }
  }

  /** The alert, written with the floor's catalogue. */
  public Alert write(Floor floor) {
    return floor.write(
        finding, language, zone, reason.equals(NO_MODEL) ? "" : reason, analysis, judged);
  }

  /** The order as an effect, to be kept and carried out. */
  public Effect effect(String id) {
    return new Effect(
        EFFECT,
        Value.object(
            "id",
            id,
            "type",
            finding.type().name(),
            "finding",
            JsonValues.fromJson(finding.body().node()),
            "language",
            language.text(),
            "time_zone",
            zone.getId(),
            "analysis",
            analysis,
            "severity",
            judged == null ? "" : judged.text(),
            "reason",
            reason,
            "region",
            finding.region(),
            "account",
            finding.account()));
  }

  /** The order that an effect carries, and the id of its alert. */
  public static AlertOrder of(Effect effect) {
    AlertOrder order = of(effect.payload());
    Finding read = order.finding();
    Finding whole =
        new Finding(
            read.type(),
            read.id(),
            read.severity(),
            effect.payload().text("account", read.account()),
            effect.payload().text("region", read.region()),
            read.body());
    return new AlertOrder(
        whole, order.language(), order.zone(), order.analysis(), order.judged(), order.reason());
  }

  /** The alert's id: the same for the same attempt of the same node. */
  public static String id(Effect effect) {
    return Py.str(effect.payload().fields().getOrDefault("id", Value.text("")));
  }
}
