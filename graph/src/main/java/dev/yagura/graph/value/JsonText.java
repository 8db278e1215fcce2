package dev.yagura.graph.value;

import java.util.List;
import java.util.Map;

/**
 * Values as JSON text in the forms that Dify prints: on one line with {@code ", "} and {@code ":
 * "}, or indented by 2; non-ASCII is never escaped (dify-contract §10.1). NaN and infinities are
 * written as Python does.
 */
public final class JsonText {
  private JsonText() {}

  /** On one line. */
  public static String line(Value value) {
    var out = new StringBuilder();
    write(value, out, -1);
    return out.toString();
  }

  /** Indented by 2 per level. */
  public static String indented(Value value) {
    var out = new StringBuilder();
    write(value, out, 0);
    return out.toString();
  }

  private static void write(Value value, StringBuilder out, int depth) {
    switch (value) {
      case Value.Null none -> out.append("null");
      case Value.Bool(boolean flag) -> out.append(flag);
      case Value.Int(long number) -> out.append(number);
      case Value.Real(double number) -> out.append(real(number));
      case Value.Text(String text) -> quote(text, out);
      case Value.Array(List<Value> items) -> writeItems(items, out, depth);
      case Value.Obj(Map<String, Value> fields) -> writeFields(fields, out, depth);
      case Value.File(Map<String, Value> attributes) -> writeFields(attributes, out, depth);
    }
  }

  private static String real(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    return Double.isInfinite(number) ? (number > 0 ? "Infinity" : "-Infinity") : Py.real(number);
  }

  private static void writeItems(List<Value> items, StringBuilder out, int depth) {
    if (items.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    int inner = depth < 0 ? -1 : depth + 1;
    for (int i = 0; i < items.size(); i++) {
      separate(out, i > 0, inner);
      write(items.get(i), out, inner);
    }
    close(out, depth, ']');
  }

  private static void writeFields(Map<String, Value> fields, StringBuilder out, int depth) {
    if (fields.isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    int inner = depth < 0 ? -1 : depth + 1;
    boolean later = false;
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      separate(out, later, inner);
      quote(field.getKey(), out);
      out.append(": ");
      write(field.getValue(), out, inner);
      later = true;
    }
    close(out, depth, '}');
  }

  private static void separate(StringBuilder out, boolean later, int inner) {
    if (later) {
      out.append(inner < 0 ? ", " : ",");
    }
    if (inner >= 0) {
      out.append('\n').append("  ".repeat(inner));
    }
  }

  private static void close(StringBuilder out, int depth, char bracket) {
    if (depth >= 0) {
      out.append('\n').append("  ".repeat(depth));
    }
    out.append(bracket);
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
