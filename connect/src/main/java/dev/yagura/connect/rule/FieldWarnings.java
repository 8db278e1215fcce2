package dev.yagura.connect.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Suggestion;
import dev.yagura.finding.Untrusted;
import dev.yagura.finding.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is suspicious about one field of a finding in a pattern. */
final class FieldWarnings {
  /** Names that do begin with a capital on the wire (guardduty.md §2.1). */
  private static final Set<String> CAPITAL = Set.of("LoginAttributes", "IamInstanceProfile");

  private static final Set<String> FOR_TEXTS =
      Set.of("prefix", "suffix", "wildcard", "equals-ignore-case", "cidr");

  private final Condition leaf;
  private final String path;
  private final KnownFields known;
  private final Catalogue catalogue;
  private final PatternWarnings.Sink sink;

  FieldWarnings(Condition leaf, KnownFields known, Catalogue catalogue, PatternWarnings.Sink sink) {
    this.leaf = leaf;
    this.path = leaf.name();
    this.known = known;
    this.catalogue = catalogue;
    this.sink = sink;
  }

  void check() {
    if (!path.startsWith("detail.") || known.isFree(path)) {
      values();
      return;
    }
    String capital = capital();
    if (capital != null) {
      warn(
          "pascal-case",
          "findings on the wire have small first letters: '"
              + capital
              + "' never matches (did you mean "
              + Character.toLowerCase(capital.charAt(0))
              + capital.substring(1)
              + "?)");
      return;
    }
    KnownFields.Slip slip = known.slip(path);
    if (slip != null) {
      warn(
          "unknown-field",
          "no finding is known to have '"
              + slip.step()
              + "' there"
              + (slip.meant() == null ? "" : " (did you mean " + slip.meant() + "?)"));
      return;
    }
    if (known.isObject(path)) {
      object();
      return;
    }
    values();
    if (path.equals("detail.type")) {
      leaf.wanted().forEach(this::type);
    }
  }

  private @Nullable String capital() {
    return leaf.path().stream()
        .skip(1)
        .filter(step -> !step.isEmpty() && Character.isUpperCase(step.charAt(0)))
        .filter(step -> !CAPITAL.contains(step))
        .findFirst()
        .orElse(null);
  }

  private void object() {
    for (JsonNode value : leaf.wanted()) {
      if (value.path("exists").isBoolean()) {
        warn(
            "exists-on-object",
            "this is an object, and 'exists' looks at values only: exists:"
                + value.path("exists")
                + (value.path("exists").asBoolean() ? " never" : " always")
                + " matches (expected: a field inside it)");
      } else {
        warn("object", "this is an object: a value never matches (expected: a field inside it)");
      }
    }
  }

  private void values() {
    JsonNodeType kind = known.kind(path).orElse(JsonNodeType.MISSING);
    for (JsonNode value : leaf.wanted()) {
      switch (kind) {
        case NUMBER -> number(value);
        case STRING -> text(value);
        case BOOLEAN -> flag(value);
        default -> {}
      }
    }
  }

  private void number(JsonNode value) {
    List<String> matchers = names(value);
    if (value.isTextual()) {
      never(value, "a number", "{\"numeric\": [\">=\", 4]} or a number without quotes");
    } else if (matchers.stream().anyMatch(FOR_TEXTS::contains)) {
      never(value, "a number", "{\"numeric\": [\">=\", 4]}");
    } else if (value.path("anything-but").isTextual()) {
      warn("wrong-kind", "the field is a number: " + show(value) + " always matches");
    } else if (path.equals("detail.severity") && value.isNumber() && !isSeverity(value)) {
      warn("severity", show(value) + " is no severity (expected: 1 to 10)");
    }
  }

  private static boolean isSeverity(JsonNode value) {
    return value.asDouble() >= 1 && value.asDouble() <= 10;
  }

  private void text(JsonNode value) {
    if (value.isNumber() || names(value).contains("numeric")) {
      never(value, "a text", "a value in quotes");
    }
  }

  private void flag(JsonNode value) {
    if (value.isTextual() || value.isNumber()) {
      never(value, "true or false", "without quotes");
    }
  }

  private void never(JsonNode value, String kind, String expected) {
    warn(
        "wrong-kind",
        "the field is "
            + kind
            + ": "
            + show(value)
            + " never matches (expected: "
            + expected
            + ")");
  }

  private void type(JsonNode value) {
    if (names(value).stream().anyMatch(Set.of("anything-but", "exists")::contains)
        || value.isNumber()) {
      return;
    }
    ObjectNode pattern = JsonNodeFactory.instance.objectNode();
    pattern.putArray("type").add(value);
    EventPattern alone = EventPattern.parse(pattern.toString());
    for (String type : catalogue.typeNames()) {
      if (alone.matches(JsonNodeFactory.instance.objectNode().put("type", type))) {
        return;
      }
    }
    String near =
        value.isTextual() ? Suggestion.nearest(value.asText(), catalogue.typeNames()) : null;
    warn(
        "unknown-type",
        show(value)
            + " is no type of the catalogue; it may be a new one"
            + (near == null ? "" : " (did you mean " + near + "?)"));
  }

  private static List<String> names(JsonNode value) {
    return value.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static String show(JsonNode value) {
    return Untrusted.clean(value.toString(), Untrusted.NAME);
  }

  private void warn(String code, String message) {
    sink.warn(code, leaf, message);
  }
}
