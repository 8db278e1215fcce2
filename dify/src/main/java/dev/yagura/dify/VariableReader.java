package dev.yagura.dify;

import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.graph.value.JsonText;
import dev.yagura.graph.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads environment and conversation variables (dify-contract §1.6). */
final class VariableReader {
  /** Largest value of a variable, in bytes of its JSON text. */
  static final int MAX_BYTES = 204_800;

  private static final List<String> TYPES =
      List.of(
          "string",
          "secret",
          "number",
          "integer",
          "float",
          "boolean",
          "object",
          "array[string]",
          "array[number]",
          "array[object]",
          "array[boolean]",
          "array[any]");

  private VariableReader() {}

  static Optional<Variable> read(Value item, Place place, List<Problem> problems) {
    if (!(item instanceof Value.Obj object) || object.text("name", "").isEmpty()) {
      problems.add(Problem.error("variable", "missing name", place));
      return Optional.empty();
    }
    String name = object.text("name", "");
    Place about = place.about("variable " + name);
    String type = object.text("value_type", "");
    if (!TYPES.contains(type)) {
      problems.add(
          Problem.error(
              "variable",
              type.isEmpty()
                  ? "missing value type"
                  : "not supported value type " + type + " (expected: one of " + TYPES + ")",
              about));
      return Optional.empty();
    }
    Value value = object.get("value");
    if (value == null || value instanceof Value.Null) {
      problems.add(Problem.error("variable", "missing value", about));
      return Optional.empty();
    }
    if ((type.equals("number") || type.equals("integer") || type.equals("float"))
        && !(value instanceof Value.Int || value instanceof Value.Real)) {
      problems.add(
          Problem.error("variable", "invalid number value " + JsonText.line(value), about));
      return Optional.empty();
    }
    int size = JsonText.line(value).getBytes(StandardCharsets.UTF_8).length;
    if (size > MAX_BYTES) {
      problems.add(
          Problem.error(
              "variable", "variable size " + size + " exceeds limit " + MAX_BYTES, about));
      return Optional.empty();
    }
    return Optional.of(new Variable(name, type, value, object.text("description", "")));
  }
}
