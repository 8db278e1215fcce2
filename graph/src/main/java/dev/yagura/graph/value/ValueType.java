package dev.yagura.graph.value;

import java.util.List;
import java.util.function.Predicate;

/** The type that Dify infers for a value (dify-contract §2.0, "Type inference"). */
public enum ValueType {
  NONE("none"),
  STRING("string"),
  INTEGER("integer"),
  FLOAT("float"),
  BOOLEAN("boolean"),
  OBJECT("object"),
  FILE("file"),
  ARRAY_STRING("array[string]"),
  ARRAY_NUMBER("array[number]"),
  ARRAY_OBJECT("array[object]"),
  ARRAY_BOOLEAN("array[boolean]"),
  ARRAY_FILE("array[file]"),
  ARRAY_ANY("array[any]");

  private final String text;

  ValueType(String text) {
    this.text = text;
  }

  /** The type as the DSL spells it. */
  public String text() {
    return text;
  }

  public boolean isNumber() {
    return this == INTEGER || this == FLOAT;
  }

  public boolean isArray() {
    return name().startsWith("ARRAY");
  }

  public static ValueType of(Value value) {
    return switch (value) {
      case Value.Null none -> NONE;
      case Value.Bool flag -> BOOLEAN;
      case Value.Int number -> INTEGER;
      case Value.Real number -> FLOAT;
      case Value.Text text -> STRING;
      case Value.Obj object -> OBJECT;
      case Value.File file -> FILE;
      case Value.Array(List<Value> items) -> ofItems(items);
    };
  }

  private static ValueType ofItems(List<Value> items) {
    if (items.isEmpty()) {
      return ARRAY_ANY;
    }
    if (all(items, Value.Text.class::isInstance)) {
      return ARRAY_STRING;
    }
    if (all(items, item -> item instanceof Value.Int || item instanceof Value.Real)) {
      return ARRAY_NUMBER;
    }
    if (all(items, Value.Obj.class::isInstance)) {
      return ARRAY_OBJECT;
    }
    if (all(items, Value.File.class::isInstance)) {
      return ARRAY_FILE;
    }
    return all(items, Value.Bool.class::isInstance) ? ARRAY_BOOLEAN : ARRAY_ANY;
  }

  private static boolean all(List<Value> items, Predicate<Value> test) {
    return items.stream().allMatch(test);
  }
}
