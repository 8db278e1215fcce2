package dev.yagura.connect.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Problem;
import dev.yagura.base.Suggestion;
import dev.yagura.finding.Untrusted;
import dev.yagura.finding.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What in a pattern never matches, or matches more than was meant (guardduty.md §3.1, §3.2). */
final class PatternWarnings {
  private static final String SOURCE = "aws.guardduty";
  private static final String FINDING = "GuardDuty Finding";

  /** What aws.guardduty emits (guardduty.md §3.1). */
  private static final List<String> DETAIL_TYPES =
      List.of(
          FINDING,
          "GuardDuty Malware Protection Object Scan Result",
          "GuardDuty Malware Protection Resource Status Active",
          "GuardDuty Malware Protection Resource Status Warning",
          "GuardDuty Malware Protection Resource Status Error",
          "GuardDuty Malware Protection Post Scan Action Failed",
          "GuardDuty Runtime Protection Healthy",
          "GuardDuty Runtime Protection Unhealthy",
          "AWS API Call via CloudTrail");

  /** What an envelope has and a finding does not keep. */
  private static final List<String> NOT_KEPT = List.of("id", "time", "version", "resources");

  private final ObjectNode pattern;
  private final Catalogue catalogue;
  private final List<Condition> leaves;
  private final List<Problem> problems = new ArrayList<>();

  PatternWarnings(ObjectNode pattern, Catalogue catalogue) {
    this.pattern = pattern;
    this.catalogue = catalogue;
    this.leaves = Condition.leaves(pattern);
  }

  List<Problem> all() {
    envelope();
    if (isForFindings()) {
      var known = new KnownFields(catalogue);
      for (Condition leaf : leaves) {
        if (NOT_KEPT.contains(leaf.name())) {
          warn("not-kept", leaf, "a finding is kept without it: this never matches here");
        } else {
          new FieldWarnings(leaf, known, catalogue, this::warn).check();
        }
      }
    }
    return problems;
  }

  /** Takes a warning. */
  @FunctionalInterface
  interface Sink {
    void warn(String code, Condition leaf, String message);
  }

  private void warn(String code, Condition leaf, String message) {
    problems.add(Problem.warning(code, message, Problem.Place.NOWHERE.about(leaf.name())));
  }

  private void warn(String code, String field, String message, @Nullable String suggestion) {
    problems.add(
        Problem.warning(code, message, Problem.Place.NOWHERE.about(field)).suggest(suggestion));
  }

  private void envelope() {
    if (leaves.stream().noneMatch(leaf -> leaf.name().equals("source"))) {
      warn(
          "no-source",
          "source",
          "is missing: events of every source match (expected: \"source\": [\"aws.guardduty\"])",
          null);
    }
    if (leaves.stream().noneMatch(leaf -> leaf.name().equals("detail-type"))) {
      warn(
          "no-detail-type",
          "detail-type",
          "is missing: scan results, health notices and API calls match as well (expected:"
              + " \"detail-type\": [\"GuardDuty Finding\"])",
          null);
    }
    for (Condition leaf : leaves) {
      if (leaf.name().equals("detail-type") && takes("source", SOURCE)) {
        leaf.wanted().forEach(this::detailType);
      }
    }
    for (String field : List.of("Source", "detailType", "DetailType", "Detail", "detail_type")) {
      if (pattern.has(field)) {
        warn("unknown-field", field, "no event has this field: it never matches", near(field));
      }
    }
  }

  private static String near(String field) {
    return field.toLowerCase(Locale.ROOT).startsWith("detail") && field.length() > 6
        ? "detail-type"
        : field.toLowerCase(Locale.ROOT);
  }

  private void detailType(JsonNode wanted) {
    if (wanted.isTextual() && !DETAIL_TYPES.contains(wanted.asText())) {
      String near =
          DETAIL_TYPES.stream()
              .filter(wanted.asText()::equalsIgnoreCase)
              .findFirst()
              .orElseGet(() -> Suggestion.nearest(wanted.asText(), DETAIL_TYPES));
      warn(
          "unknown-detail-type",
          "detail-type",
          "'"
              + Untrusted.clean(wanted.asText(), Untrusted.NAME)
              + "' is nothing that aws.guardduty is known to send; letters count, also small and"
              + " capital ones",
          near);
    }
  }

  /** Whether a field of the envelope may have this value. */
  private boolean takes(String field, String value) {
    List<Condition> wanted = leaves.stream().filter(leaf -> leaf.name().equals(field)).toList();
    ObjectNode event = JsonNodeFactory.instance.objectNode().put(field, value);
    return wanted.isEmpty()
        || wanted.stream()
            .anyMatch(leaf -> EventPattern.parse(leaf.pattern().toString()).matches(event));
  }

  private boolean isForFindings() {
    return takes("source", SOURCE)
        && (takes("detail-type", FINDING)
            || leaves.stream()
                .filter(leaf -> leaf.name().equals("detail-type"))
                .flatMap(leaf -> leaf.wanted().valueStream())
                .anyMatch(value -> FINDING.equalsIgnoreCase(value.asText())));
  }
}
