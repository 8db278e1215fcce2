package dev.yagura.node.assign;

import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import dev.yagura.graph.value.ValueType;
import dev.yagura.node.text.JsonValues;
import java.util.ArrayList;
import java.util.List;

/**
 * What the operations of the new assigner accept and do (dify-contract §2.14, checks 2, 3 and 5).
 */
final class Operations {
  private Operations() {}

  static boolean supports(String operation, ValueType type) {
    return switch (operation) {
      case "over-write", "clear" -> true;
      case "set" ->
          type == ValueType.OBJECT
              || type == ValueType.STRING
              || type.isNumber()
              || type == ValueType.BOOLEAN;
      case "+=", "-=", "*=", "/=" -> type.isNumber();
      case "append", "extend", "remove-first", "remove-last" -> type.isArray();
      default -> false;
    };
  }

  static boolean needsValue(String operation) {
    return switch (operation) {
      case "clear", "remove-first", "remove-last" -> false;
      default -> true;
    };
  }

  static boolean takes(String operation, ValueType type, String inputType) {
    if (!needsValue(operation)) {
      return true;
    }
    boolean arithmetic = operation.endsWith("=");
    if (inputType.equals("variable")) {
      return !operation.equals("set") && !arithmetic;
    }
    boolean plain = operation.equals("over-write") || operation.equals("set");
    return switch (type) {
      case STRING, OBJECT, BOOLEAN -> plain;
      case INTEGER, FLOAT -> plain || arithmetic;
      default -> false;
    };
  }

  static Value apply(String operation, ValueType type, Value current, Value given) {
    return switch (operation) {
      case "clear" -> zero(current);
      case "over-write", "set" -> fitting(operation, type, given);
      case "+=", "-=", "*=", "/=" -> calculate(operation, current, given);
      case "append" -> append((Value.Array) current, given);
      case "extend" -> extend((Value.Array) current, given);
      case "remove-first" -> remove((Value.Array) current, true);
      default -> remove((Value.Array) current, false);
    };
  }

  static Value zero(Value current) {
    return switch (current) {
      case Value.Text text -> Value.text("");
      case Value.Int number -> Value.integer(0);
      case Value.Real number -> new Value.Real(0);
      case Value.Bool flag -> Value.FALSE;
      case Value.Array array -> Value.array();
      case Value.Obj object -> Value.EMPTY;
      default -> Value.NULL;
    };
  }

  private static Value fitting(String operation, ValueType type, Value given) {
    Value value =
        type == ValueType.OBJECT && operation.equals("set") && given instanceof Value.Text(String t)
            ? JsonValues.parse(t).orElse(given)
            : given;
    ValueType is = ValueType.of(value);
    boolean fits =
        switch (type) {
          case STRING, BOOLEAN, OBJECT -> is == type;
          case INTEGER, FLOAT -> is.isNumber();
          case NONE, FILE -> true;
          default ->
              is == type
                  || is == ValueType.ARRAY_ANY
                  || type == ValueType.ARRAY_ANY && is.isArray();
        };
    if (!fits) {
      throw invalid(value);
    }
    return value;
  }

  private static Value calculate(String operation, Value current, Value given) {
    Double right = given instanceof Value.Bool ? null : Py.number(given);
    Double left = Py.number(current);
    if (right == null || left == null || (operation.equals("/=") && right == 0)) {
      throw invalid(given);
    }
    if (current instanceof Value.Int(long a)
        && given instanceof Value.Int(long b)
        && !operation.equals("/=")) {
      return Value.integer(
          switch (operation) {
            case "+=" -> a + b;
            case "-=" -> a - b;
            default -> a * b;
          });
    }
    return new Value.Real(
        switch (operation) {
          case "+=" -> left + right;
          case "-=" -> left - right;
          case "*=" -> left * right;
          default -> left / right;
        });
  }

  private static Value append(Value.Array current, Value given) {
    if (!fits(current, List.of(given))) {
      throw invalid(given);
    }
    List<Value> items = new ArrayList<>(current.items());
    items.add(given);
    return new Value.Array(items);
  }

  private static Value extend(Value.Array current, Value given) {
    if (!(given instanceof Value.Array(List<Value> more)) || !fits(current, more)) {
      throw invalid(given);
    }
    List<Value> items = new ArrayList<>(current.items());
    items.addAll(more);
    return new Value.Array(items);
  }

  /** Whether the items are of the array's type; an empty array takes anything. */
  private static boolean fits(Value.Array current, List<Value> more) {
    if (current.items().isEmpty() || more.isEmpty()) {
      return true;
    }
    ValueType type = ValueType.of(current);
    return type == ValueType.ARRAY_ANY || ValueType.of(new Value.Array(more)) == type;
  }

  private static Value remove(Value.Array current, boolean first) {
    List<Value> items = current.items();
    if (items.isEmpty()) {
      return current;
    }
    return new Value.Array(
        first ? items.subList(1, items.size()) : items.subList(0, items.size() - 1));
  }

  private static RuntimeException invalid(Value value) {
    return AssignerNode.failure("Invalid input value " + Py.repr(value));
  }
}
