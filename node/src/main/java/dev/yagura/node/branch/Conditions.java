package dev.yagura.node.branch;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.graph.value.ValueType;
import dev.yagura.node.text.JsonValues;
import dev.yagura.node.text.TextTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Evaluates conditions, with and/or cut short (dify-contract §2.5). */
public final class Conditions {
  private Conditions() {}

  /**
   * @param operator {@code and} or {@code or}
   */
  public static boolean hold(
      List<Condition> conditions, String operator, Function<Selector, @Nullable Value> variables) {
    Predicate<Condition> holds = condition -> holds(condition, variables);
    return operator.equals("or")
        ? conditions.stream().anyMatch(holds)
        : conditions.stream().allMatch(holds);
  }

  private static boolean holds(Condition condition, Function<Selector, @Nullable Value> variables) {
    Value actual = variables.apply(condition.variableSelector());
    if (actual == null) {
      throw failure("Variable " + condition.variableSelector() + " not found");
    }
    boolean files = ValueType.of(actual) == ValueType.ARRAY_FILE;
    String operator = condition.comparisonOperator();
    if (files
        && (operator.equals("contains")
            || operator.equals("not contains")
            || operator.equals("all of"))) {
      return ofFiles(condition, (Value.Array) actual);
    }
    return Operators.holds(operator, actual, expected(condition.value(), actual, variables));
  }

  /** References in the expected text are filled in; for flags it is read as JSON. */
  private static Value expected(
      Value value, Value actual, Function<Selector, @Nullable Value> variables) {
    Value filled = fill(value, variables);
    ValueType type = ValueType.of(actual);
    if (type != ValueType.BOOLEAN && type != ValueType.ARRAY_BOOLEAN) {
      return filled;
    }
    if (filled instanceof Value.Array(List<Value> items)) {
      List<Value> flags = new ArrayList<>();
      items.forEach(item -> flags.add(flag(item)));
      return new Value.Array(flags);
    }
    return flag(filled);
  }

  private static Value fill(Value value, Function<Selector, @Nullable Value> variables) {
    return switch (value) {
      case Value.Text(String text) -> Value.text(TextTemplate.parse(text).render(variables));
      case Value.Array(List<Value> items) ->
          new Value.Array(items.stream().map(item -> fill(item, variables)).toList());
      default -> value;
    };
  }

  private static Value flag(Value value) {
    if (!(value instanceof Value.Text(String text)) || text.isEmpty()) {
      return value;
    }
    Value read = JsonValues.parse(text).orElse(Value.NULL);
    if (read instanceof Value.Bool || read instanceof Value.Int) {
      return Value.bool(Py.truth(read));
    }
    throw failure("unexpected expected value: " + text + " (expected: true, false, 1 or 0)");
  }

  private static boolean ofFiles(Condition condition, Value.Array files) {
    List<Condition.SubCondition> subs = condition.subVariableCondition().conditions();
    if (subs.isEmpty()) {
      throw failure("Sub variable is required");
    }
    Predicate<Condition.SubCondition> holds = sub -> ofFiles(sub, files);
    return condition.subVariableCondition().logicalOperator().equals("or")
        ? subs.stream().anyMatch(holds)
        : subs.stream().allMatch(holds);
  }

  /** A negative operator must hold for all files, a positive one for any. */
  private static boolean ofFiles(Condition.SubCondition sub, Value.Array files) {
    Predicate<Value> holds =
        item -> {
          Value attribute = item instanceof Value.File file ? file.attribute(sub.key()) : null;
          Value actual = attribute == null ? Value.NULL : attribute;
          boolean extension = sub.key().equals("extension");
          return Operators.holds(
              sub.comparisonOperator(),
              extension ? dotted(actual) : actual,
              extension ? dotted(sub.value()) : sub.value());
        };
    return sub.comparisonOperator().contains("not")
        ? files.items().stream().allMatch(holds)
        : files.items().stream().anyMatch(holds);
  }

  private static Value dotted(Value value) {
    return value instanceof Value.Text(String text) && !text.startsWith(".")
        ? Value.text("." + text)
        : value;
  }

  static FlowException failure(String message) {
    return Failure.user("", message).asException();
  }
}
