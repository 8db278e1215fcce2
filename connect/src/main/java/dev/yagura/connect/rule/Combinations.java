package dev.yagura.connect.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many combinations of values the library may have to look at. It compares each value of a
 * field with each value of the next one, and whoever writes an event decides how many there are.
 */
final class Combinations {
  /** More are not compared. */
  static final long MOST = 100_000;

  /** Longer texts are not compared: a wildcard takes seconds for a million characters. */
  static final int LONGEST = 50_000;

  private final Collection<Condition> fields;

  /**
   * @param leaves of a pattern; a field that several alternatives name counts once
   */
  Combinations(List<Condition> leaves) {
    Map<String, Condition> byName = new LinkedHashMap<>();
    leaves.forEach(leaf -> byName.putIfAbsent(leaf.name(), leaf));
    this.fields = byName.values();
  }

  boolean areFewIn(JsonNode event) {
    long product = 1;
    for (Condition field : fields) {
      List<JsonNode> values = field.values(event);
      product *= Math.max(1, values.size());
      if (product > MOST || values.stream().anyMatch(Combinations::isLong)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLong(JsonNode value) {
    return value.isTextual() && value.textValue().length() > LONGEST;
  }
}
