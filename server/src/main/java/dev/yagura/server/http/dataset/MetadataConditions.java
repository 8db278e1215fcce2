package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.knowledge.MetadataFilter;
import dev.yagura.knowledge.MetadataFilter.Condition;
import java.util.List;
import java.util.StringJoiner;

/** Which documents count, by their metadata. */
final class MetadataConditions {
  private static final int MOST = 50;
  private static final int LONGEST = 1_000;
  private static final String[] OPERATORS = {
    "contains",
    "not contains",
    "start with",
    "end with",
    "is",
    "is not",
    "empty",
    "not empty",
    "in",
    "not in",
    "=",
    "≠",
    ">",
    "<",
    "≥",
    "≤",
    "before",
    "after"
  };

  private MetadataConditions() {}

  static MetadataFilter read(Fields given) {
    boolean any = given.choice("logical_operator", "and", "or").filter("or"::equals).isPresent();
    List<Condition> conditions =
        given.objects("conditions", MOST).stream().map(MetadataConditions::condition).toList();
    return new MetadataFilter(!any, conditions);
  }

  private static Condition condition(Fields given) {
    String operator =
        given
            .choice("comparison_operator", OPERATORS)
            .orElseThrow(
                () -> given.invalid("comparison_operator", "", String.join(", ", OPERATORS)));
    JsonNode value = given.json().path("value");
    String text = value.isNull() ? "" : value.asText("");
    if (value.isArray()) {
      var listed = new StringJoiner(",");
      value.forEach(one -> listed.add(one.asText()));
      text = listed.toString();
    }
    if (text.length() > LONGEST) {
      throw given.invalid("value", text, "at most " + LONGEST + " characters");
    }
    return new Condition(given.need("name", LONGEST), operator, text);
  }
}
