package dev.yagura.dify;

import dev.yagura.graph.value.JsonText;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import dev.yagura.graph.value.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Default values by their declared type (dify-contract §2.1). */
final class DefaultValues {
  private DefaultValues() {}

  /**
   * The value as the type wants it: texts are read as JSON or numbers where needed. Null where it
   * does not fit.
   */
  static @Nullable Value convert(String type, @Nullable Value given) {
    Value value = given == null ? Value.NULL : given;
    return switch (type) {
      case "string" -> value instanceof Value.Text || value instanceof Value.Null ? value : null;
      case "number" -> number(value);
      case "object" -> read(value) instanceof Value.Obj object ? object : null;
      case "array[string]" -> list(value, ValueType.ARRAY_STRING);
      case "array[number]" -> list(value, ValueType.ARRAY_NUMBER);
      case "array[object]" -> list(value, ValueType.ARRAY_OBJECT);
      case "array[file]" -> list(value, ValueType.ARRAY_FILE);
      default -> value;
    };
  }

  private static @Nullable Value number(Value value) {
    if (value instanceof Value.Text(String text)) {
      Double number = Py.parseFloat(text);
      return number == null ? null : new Value.Real(number);
    }
    return value instanceof Value.Int || value instanceof Value.Real ? value : null;
  }

  /** JSON is YAML: a text in the form of a list or an object is read as one. */
  private static Value read(Value value) {
    if (!(value instanceof Value.Text(String text))) {
      return value;
    }
    try {
      return YamlDocument.parse("", text).value();
    } catch (YamlDocument.Unreadable noJson) {
      return value;
    }
  }

  private static @Nullable Value list(Value value, ValueType type) {
    if (!(read(value) instanceof Value.Array array)) {
      return null;
    }
    List<Value> items = array.items();
    return items.isEmpty() || ValueType.of(array) == type ? array : null;
  }

  /** Dify's words for what does not fit. */
  static String complaint(Value.Obj item) {
    String type = item.text("type", "string");
    Value value = item.get("value");
    String shown =
        value instanceof Value.Text(String text)
            ? text
            : JsonText.line(value == null ? Value.NULL : value);
    if (type.equals("number")) {
      return "Cannot convert to number: " + shown;
    }
    return (value instanceof Value.Text && !type.equals("string")
        ? "Invalid JSON format for value: " + shown
        : "Value must be " + type + " type for " + shown);
  }
}
