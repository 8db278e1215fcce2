package dev.yagura.node.branch;

import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import java.util.List;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * The comparison operators, with Dify's exact rules and error texts (dify-contract §2.5, table).
 */
final class Operators {
  private Operators() {}

  static boolean holds(String operator, Value actual, Value expected) {
    return switch (operator) {
      case "contains" -> contains(actual, expected);
      case "not contains" -> !Py.truth(actual) || !contains(actual, expected);
      case "start with" -> Py.truth(actual) && text(actual).startsWith(Py.str(expected));
      case "end with" -> Py.truth(actual) && text(actual).endsWith(Py.str(expected));
      case "is" -> is(actual, expected);
      case "is not" -> !(actual instanceof Value.Null) && !is(actual, expected);
      case "empty" -> !Py.truth(actual);
      case "not empty" -> Py.truth(actual);
      case "=" -> numberIs(actual, expected);
      case "≠" -> !(actual instanceof Value.Null) && !numberIs(actual, expected);
      case ">" -> compare(actual, expected, sign -> sign > 0);
      case "<" -> compare(actual, expected, sign -> sign < 0);
      case "≥" -> compare(actual, expected, sign -> sign >= 0);
      case "≤" -> compare(actual, expected, sign -> sign <= 0);
      case "null", "not exists" -> actual instanceof Value.Null;
      case "not null", "exists" -> !(actual instanceof Value.Null);
      case "in" -> Py.truth(actual) && in(actual, expected);
      case "not in" -> !Py.truth(actual) || !in(actual, expected);
      case "all of" -> allOf(actual, expected);
      default -> throw Conditions.failure("unsupported operator: " + operator);
    };
  }

  private static boolean contains(Value actual, Value expected) {
    if (!Py.truth(actual)) {
      return false;
    }
    return switch (actual) {
      case Value.Text(String text) -> text.contains(Py.str(expected));
      case Value.Array(List<Value> items) ->
          items.stream().anyMatch(item -> Py.equal(item, expected));
      default -> throw Conditions.failure("Invalid actual value type: string or array");
    };
  }

  private static String text(Value actual) {
    if (actual instanceof Value.Text(String text)) {
      return text;
    }
    throw Conditions.failure("Invalid actual value type: string");
  }

  private static boolean is(Value actual, Value expected) {
    return switch (actual) {
      case Value.Null none -> false;
      case Value.Text text -> Py.equal(text, expected);
      case Value.Bool flag -> Py.equal(flag, expected);
      default -> throw Conditions.failure("Invalid actual value type: string or boolean");
    };
  }

  private static boolean numberIs(Value actual, Value expected) {
    return switch (actual) {
      case Value.Null none -> false;
      case Value.Bool(boolean flag) -> flag == Py.truth(expected);
      case Value.Int(long number) -> number == wholeNumber(expected);
      case Value.Real(double number) -> number == realNumber(expected);
      default -> throw Conditions.failure("Invalid actual value type: number or boolean");
    };
  }

  private static long wholeNumber(Value expected) {
    Long number =
        switch (expected) {
          case Value.Int(long whole) -> (Long) whole;
          case Value.Real(double real) -> (Long) (long) real;
          case Value.Bool(boolean flag) -> (Long) (flag ? 1L : 0L);
          case Value.Text(String text) -> Py.parseInt(text);
          default -> null;
        };
    if (number == null) {
      throw Conditions.failure("invalid literal for int() with base 10: " + Py.repr(expected));
    }
    return number;
  }

  private static double realNumber(Value expected) {
    Double number = anyNumber(expected);
    if (number == null) {
      throw Conditions.failure("could not convert string to float: " + Py.repr(expected));
    }
    return number;
  }

  private static @Nullable Double anyNumber(Value value) {
    return value instanceof Value.Text(String text) ? Py.parseFloat(text) : Py.number(value);
  }

  private static boolean compare(Value actual, Value expected, DoublePredicate test) {
    if (actual instanceof Value.Null) {
      return false;
    }
    if (!(actual instanceof Value.Int) && !(actual instanceof Value.Real)) {
      throw Conditions.failure("Invalid actual value type: number");
    }
    Double right = anyNumber(expected);
    Double left = Py.number(actual);
    if (right == null || left == null) {
      throw Conditions.failure("Cannot convert " + Py.repr(expected) + " to number");
    }
    if (actual instanceof Value.Int(long whole) && right == Math.rint(right)) {
      Long exact = expected instanceof Value.Text(String text) ? Py.parseInt(text) : null;
      long other = exact == null ? right.longValue() : exact;
      return test.test(Long.compare(whole, other));
    }
    return !left.isNaN() && !right.isNaN() && test.test(Double.compare(left, right));
  }

  private static boolean in(Value actual, Value expected) {
    if (expected instanceof Value.Array(List<Value> items)) {
      return items.stream().anyMatch(item -> Py.equal(item, actual));
    }
    throw Conditions.failure("Invalid expected value type: array");
  }

  private static boolean allOf(Value actual, Value expected) {
    if (!Py.truth(actual)) {
      return false;
    }
    if (!(expected instanceof Value.Array(List<Value> wanted))) {
      throw Conditions.failure("Invalid expected value type: array");
    }
    return wanted.stream().allMatch(item -> contains(actual, item));
  }
}
