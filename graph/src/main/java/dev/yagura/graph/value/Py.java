package dev.yagura.graph.value;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Python's view of values where users of Dify see it: truth, equality, number parsing, {@code str}
 * and {@code repr} (dify-contract §2.0, §10.1).
 */
public final class Py {
  private Py() {}

  /**
   * Null, false, zero, empty text, empty array and empty object are false; everything else is true.
   */
  public static boolean truth(Value value) {
    return switch (value) {
      case Value.Null none -> false;
      case Value.Bool(boolean flag) -> flag;
      case Value.Int(long number) -> number != 0;
      case Value.Real(double number) -> number != 0;
      case Value.Text(String text) -> !text.isEmpty();
      case Value.Array(List<Value> items) -> !items.isEmpty();
      case Value.Obj(Map<String, Value> fields) -> !fields.isEmpty();
      case Value.File file -> true;
    };
  }

  /** Python's {@code ==}: numbers compare by value whatever their kind, and true equals 1. */
  public static boolean equal(Value a, Value b) {
    Double x = number(a);
    Double y = number(b);
    if (x != null && y != null) {
      return a instanceof Value.Int(long i) && b instanceof Value.Int(long j)
          ? i == j
          : x.doubleValue() == y.doubleValue();
    }
    return switch (a) {
      case Value.Array(List<Value> items) ->
          b instanceof Value.Array(List<Value> others) && equalItems(items, others);
      case Value.Obj(Map<String, Value> fields) ->
          b instanceof Value.Obj(Map<String, Value> others) && equalFields(fields, others);
      default -> a.equals(b);
    };
  }

  private static boolean equalItems(List<Value> items, List<Value> others) {
    if (items.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < items.size(); i++) {
      if (!equal(items.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalFields(Map<String, Value> fields, Map<String, Value> others) {
    return fields.size() == others.size()
        && fields.entrySet().stream()
            .allMatch(
                field -> {
                  Value other = others.get(field.getKey());
                  return other != null && equal(field.getValue(), other);
                });
  }

  /** The number that a value is (booleans count as 1 and 0), or null. */
  public static @Nullable Double number(Value value) {
    return switch (value) {
      case Value.Int(long number) -> (double) number;
      case Value.Real(double number) -> number;
      case Value.Bool(boolean flag) -> flag ? 1.0 : 0.0;
      default -> null;
    };
  }

  /** {@code str(value)}: text as it is, everything else as {@link #repr}. */
  public static String str(Value value) {
    return value instanceof Value.Text(String text) ? text : repr(value);
  }

  /** {@code repr(value)}, for example {@code {'a': 1, 'b': None}}. */
  public static String repr(Value value) {
    var out = new StringBuilder();
    repr(value, out);
    return out.toString();
  }

  private static void repr(Value value, StringBuilder out) {
    switch (value) {
      case Value.Null none -> out.append("None");
      case Value.Bool(boolean flag) -> out.append(flag ? "True" : "False");
      case Value.Int(long number) -> out.append(number);
      case Value.Real(double number) -> out.append(real(number));
      case Value.Text(String text) -> PyQuotes.quote(text, out);
      case Value.Array(List<Value> items) -> {
        out.append('[');
        String separator = "";
        for (Value item : items) {
          out.append(separator);
          repr(item, out);
          separator = ", ";
        }
        out.append(']');
      }
      case Value.Obj(Map<String, Value> fields) -> reprFields(fields, out);
      case Value.File(Map<String, Value> attributes) -> reprFields(attributes, out);
    }
  }

  private static void reprFields(Map<String, Value> fields, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      out.append(separator);
      PyQuotes.quote(field.getKey(), out);
      out.append(": ");
      repr(field.getValue(), out);
      separator = ", ";
    }
    out.append('}');
  }

  /**
   * A float as Python prints it: shortest digits that read back the same, {@code 1.0}, {@code
   * 1e+16}, {@code 1e-05}.
   */
  public static String real(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    var shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    return scientific(shortest, exponent);
  }

  private static String scientific(BigDecimal shortest, int exponent) {
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = shortest.signum() < 0 ? "-" : "";
    String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "");
    return sign + mantissa + "e" + power + Math.abs(exponent);
  }

  /**
   * {@code int(text)}: sign, surrounding blanks and single underscores allowed, no decimal point.
   * Null where Python would refuse, and beyond 64 bits.
   */
  public static @Nullable Long parseInt(String text) {
    String digits = text.strip();
    if (!digits.matches("[+-]?\\d+(_\\d+)*")) {
      return null;
    }
    try {
      return Long.valueOf(digits.replace("_", ""));
    } catch (NumberFormatException tooLong) {
      return null;
    }
  }

  /**
   * {@code float(text)}: also takes {@code 1e3}, {@code inf}, {@code nan} and blanks around. Null
   * where Python would refuse.
   */
  public static @Nullable Double parseFloat(String text) {
    String number = text.strip().toLowerCase(Locale.ROOT);
    if (number.matches("[+-]?(inf|infinity)")) {
      return number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (number.matches("[+-]?nan")) {
      return Double.NaN;
    }
    if (!number.matches("[+-]?(\\d[\\d_]*(\\.[\\d_]*)?|\\.\\d[\\d_]*)(e[+-]?\\d+)?")) {
      return null;
    }
    return Double.valueOf(number.replace("_", ""));
  }
}
