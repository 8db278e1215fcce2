package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.server.http.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The fields of an object of a request; one that is null counts as absent, as clients send it so.
 *
 * @param where the names that lead to it, each with a dot behind it
 */
record Fields(ObjectNode json, String where) {
  private static final int SHOWN = 60;

  static final Fields NONE = of(Json.object());

  static Fields of(ObjectNode json) {
    return new Fields(json, "");
  }

  private Optional<JsonNode> field(String name) {
    return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
  }

  boolean has(String name) {
    return field(name).isPresent();
  }

  FlowException invalid(String name, String given, String expected) {
    return invalidParam(where + name, given, expected);
  }

  private FlowException invalid(String name, JsonNode given, String expected) {
    return invalid(name, given.isTextual() ? given.asText() : given.toString(), expected);
  }

  static FlowException invalidParam(String name, String given, String expected) {
    String shown = given.length() > SHOWN ? given.substring(0, SHOWN) + "…" : given;
    return Failure.user("invalid_param", name + ": '" + shown + "' (expected: " + expected + ")")
        .asException();
  }

  static FlowException invalidParam(String message) {
    return Failure.user("invalid_param", message).asException();
  }

  /** Lengths count characters as people do, also those beyond the basic plane. */
  Optional<String> text(String name, int most) {
    Optional<JsonNode> field = field(name);
    if (field.isEmpty()) {
      return Optional.empty();
    }
    String expected = "a text of at most " + most + " characters";
    if (!field.get().isTextual()) {
      throw invalid(name, field.get(), expected);
    }
    String text = field.get().asText();
    if (text.codePointCount(0, text.length()) > most) {
      throw invalid(name, text, expected);
    }
    return Optional.of(text);
  }

  String need(String name, int most) {
    String text =
        text(name, most)
            .orElseThrow(
                () ->
                    invalidParam(
                        where
                            + name
                            + ": Field required (expected: a text of 1 to "
                            + most
                            + " characters)"));
    if (text.isBlank()) {
      throw invalid(name, text, "a text of 1 to " + most + " characters");
    }
    return text;
  }

  Optional<String> choice(String name, String... known) {
    Optional<String> text = text(name, SHOWN);
    if (text.isPresent() && !Arrays.asList(known).contains(text.get())) {
      throw invalid(name, text.get(), String.join(", ", known));
    }
    return text;
  }

  OptionalInt whole(String name, int least, int most) {
    Optional<JsonNode> field = field(name);
    if (field.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode value = field.get();
    if (!value.canConvertToInt()
        || value.asDouble() != value.asInt()
        || value.asInt() < least
        || value.asInt() > most) {
      throw invalid(name, value, "a whole number from " + least + " to " + most);
    }
    return OptionalInt.of(value.asInt());
  }

  /** A share: from 0 to 1. */
  OptionalDouble share(String name) {
    Optional<JsonNode> field = field(name);
    if (field.isEmpty()) {
      return OptionalDouble.empty();
    }
    double value = field.get().isNumber() ? field.get().asDouble() : -1;
    if (!(value >= 0 && value <= 1)) {
      throw invalid(name, field.get(), "a number from 0 to 1");
    }
    return OptionalDouble.of(value);
  }

  boolean flag(String name, boolean missing) {
    Optional<JsonNode> field = field(name);
    if (field.isPresent() && !field.get().isBoolean()) {
      throw invalid(name, field.get(), "true or false");
    }
    return field.map(JsonNode::asBoolean).orElse(missing);
  }

  Optional<Fields> object(String name) {
    return field(name)
        .map(
            value -> {
              if (value instanceof ObjectNode object) {
                return new Fields(object, where + name + ".");
              }
              throw invalid(name, value, "an object");
            });
  }

  private ArrayNode array(String name, int most) {
    JsonNode value = field(name).orElseGet(() -> json.arrayNode());
    if (value instanceof ArrayNode array && array.size() <= most) {
      return array;
    }
    throw invalid(name, value, "a list of at most " + most);
  }

  List<Fields> objects(String name, int most) {
    List<Fields> all = new ArrayList<>();
    for (JsonNode one : array(name, most)) {
      if (!(one instanceof ObjectNode object)) {
        throw invalid(name, one, "objects");
      }
      all.add(new Fields(object, where + name + "[" + all.size() + "]."));
    }
    return all;
  }

  List<String> texts(String name, int most, int longest) {
    List<String> all = new ArrayList<>();
    for (JsonNode one : array(name, most)) {
      if (!one.isTextual() || one.asText().length() > longest) {
        throw invalid(name, one, "texts of at most " + longest + " characters");
      }
      all.add(one.asText());
    }
    return all;
  }
}
