package dev.yagura.connect.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the conditions that a pattern consists of.
 *
 * @param path from the top of the event; for a choice the object that it is in
 * @param wanted the list of values and matchers; for a choice the list of alternatives
 * @param isChoice whether it is an {@code $or}
 */
record Condition(List<String> path, JsonNode wanted, boolean isChoice) {
  static final String OR = "$or";

  /** The conditions that must all be met. */
  static List<Condition> all(JsonNode pattern) {
    List<Condition> found = new ArrayList<>();
    collect(pattern, List.of(), false, found);
    return found;
  }

  /** The fields of the pattern with what is wanted of them, those in alternatives included. */
  static List<Condition> leaves(JsonNode pattern) {
    List<Condition> found = new ArrayList<>();
    collect(pattern, List.of(), true, found);
    return found;
  }

  private static void collect(
      JsonNode node, List<String> path, boolean intoChoices, List<Condition> found) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      if (field.getKey().equals(OR)) {
        if (intoChoices) {
          value.forEach(alternative -> collect(alternative, path, true, found));
        } else {
          found.add(new Condition(path, value, true));
        }
        continue;
      }
      List<String> below = new ArrayList<>(path);
      below.add(field.getKey());
      if (value.isObject()) {
        collect(value, below, intoChoices, found);
      } else {
        found.add(new Condition(below, value, false));
      }
    }
  }

  String name() {
    return String.join(".", path);
  }

  /** A pattern of this condition alone. */
  ObjectNode pattern() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode at = root;
    for (String step : isChoice ? path : path.subList(0, path.size() - 1)) {
      at = at.putObject(step);
    }
    at.set(isChoice ? OR : path.getLast(), wanted);
    return root;
  }

  /** What the event has at the path: one value for each way through its lists. */
  List<JsonNode> values(JsonNode event) {
    List<JsonNode> found = new ArrayList<>();
    // The library takes "a.b" for b in a.
    collect(event, List.of(name().split("\\.")), found);
    return found;
  }

  private static void collect(JsonNode node, List<String> steps, List<JsonNode> found) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, steps, found));
    } else if (steps.isEmpty()) {
      found.add(node);
    } else if (node.has(steps.getFirst())) {
      collect(node.get(steps.getFirst()), steps.subList(1, steps.size()), found);
    }
  }
}
