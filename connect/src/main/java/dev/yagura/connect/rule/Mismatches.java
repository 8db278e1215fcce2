package dev.yagura.connect.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.finding.Untrusted;
import java.util.ArrayList;
import java.util.List;

/** Says why an event does not match: each condition is tried alone. */
final class Mismatches {
  private static final int MAX_SHOWN = 3;

  private Mismatches() {}

  static List<String> of(EventPattern pattern, JsonNode event) {
    if (pattern.matches(event)) {
      return List.of();
    }
    if (!event.isObject()) {
      return List.of("the event is no object");
    }
    if (pattern.isTooMuch(event)) {
      return List.of(
          "its lists or texts are too long to compare (expected: at most "
              + Combinations.MOST
              + " combinations of the fields, and texts of "
              + Combinations.LONGEST
              + " characters)");
    }
    List<String> reasons = new ArrayList<>();
    for (Condition condition : Condition.all(pattern.tree())) {
      if (!EventPattern.parse(condition.pattern().toString()).matches(event)) {
        reasons.add(reason(condition, event));
      }
    }
    if (reasons.isEmpty()) {
      reasons.add("each field matches alone, but not all of them in the same element of a list");
    }
    return reasons;
  }

  private static String reason(Condition condition, JsonNode event) {
    if (condition.isChoice()) {
      String where = condition.path().isEmpty() ? "" : condition.name() + ": ";
      return where + "none of the " + condition.wanted().size() + " alternatives of $or matches";
    }
    return condition.name()
        + " "
        + found(condition.values(event))
        + " (expected: "
        + Untrusted.clean(condition.wanted().toString(), Untrusted.TEXT)
        + ")";
  }

  private static String found(List<JsonNode> values) {
    if (values.isEmpty()) {
      return "is missing";
    }
    List<String> shown = values.stream().limit(MAX_SHOWN).map(Mismatches::show).toList();
    int more = values.size() - shown.size();
    return "is " + String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
  }

  private static String show(JsonNode value) {
    return value.isObject() ? "an object" : Untrusted.clean(value.toString(), Untrusted.NAME);
  }
}
