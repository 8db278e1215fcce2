package dev.yagura.run;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Value;
import java.util.List;
import java.util.Map;

/**
 * Refuses what a journal could not read back: a node that gives it fails, instead of its run going
 * on for ever.
 */
final class Storable {
  /** Deepest nesting of lists and objects. */
  static final int MAX_DEPTH = 200;

  /** Longest name of a field, in characters. */
  static final int MAX_NAME = 1_000;

  private Storable() {}

  /**
   * The outcome; a FlowException {@code UnstorableOutput} where something in it is too deep or
   * named too long.
   */
  static Outcome checked(Outcome outcome) {
    switch (outcome) {
      case Outcome.Done done -> {
        check(done.outputs(), 0);
        check(done.trace(), 0);
        done.writes().forEach(write -> check(write.value(), 0));
        done.effects().forEach(effect -> check(effect.payload(), 0));
      }
      case Outcome.Iterate iterate -> iterate.items().forEach(item -> check(item, 0));
      case Outcome.Loop loop -> check(loop.variables(), 0);
      case Outcome.Round round -> {}
      case Outcome.Suspend suspend -> {}
    }
    return outcome;
  }

  private static void check(Value value, int depth) {
    if (depth > MAX_DEPTH) {
      throw refused("an output is nested deeper than " + MAX_DEPTH + " (expected: at most that)");
    }
    switch (value) {
      case Value.Array(List<Value> items) -> items.forEach(item -> check(item, depth + 1));
      case Value.Obj(Map<String, Value> fields) -> check(fields, depth);
      case Value.File(Map<String, Value> attributes) -> check(attributes, depth);
      default -> {}
    }
  }

  private static void check(Map<String, Value> fields, int depth) {
    fields.forEach(
        (name, field) -> {
          if (name.length() > MAX_NAME) {
            throw refused("a field's name is longer than " + MAX_NAME + " characters");
          }
          check(field, depth + 1);
        });
  }

  private static FlowException refused(String message) {
    return Failure.limit("UnstorableOutput", message).asException();
  }
}
