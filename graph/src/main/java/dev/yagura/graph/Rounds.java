package dev.yagura.graph;

import dev.yagura.graph.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an open container is.
 *
 * @param opening what the container asked for
 * @param next the number of the round that opens next
 * @param open how many rounds are open
 * @param results of an iteration: what each closed round gave; null where it is open or was dropped
 * @param variables of a loop: as the last closed round left them
 */
@SuppressWarnings("ArrayRecordComponent") // private to the package, never changed in place
record Rounds(Outcome opening, int next, int open, @Nullable Value[] results, Value.Obj variables) {

  static Rounds of(Outcome opening) {
    return switch (opening) {
      case Outcome.Iterate iterate ->
          new Rounds(opening, 0, 0, new Value[iterate.items().size()], Value.EMPTY);
      case Outcome.Loop loop -> new Rounds(opening, 0, 0, new Value[0], loop.variables());
      default -> throw new IllegalArgumentException(opening + " opens no rounds");
    };
  }

  Rounds opened(int round) {
    return new Rounds(opening, round + 1, open + 1, results, variables);
  }

  Rounds closed(int round, Value output, boolean failed) {
    if (opening instanceof Outcome.Loop) {
      Value.Obj after = output instanceof Value.Obj object ? object : variables;
      return new Rounds(opening, next, open - 1, results, after);
    }
    @Nullable Value[] changed = Arrays.copyOf(results, results.length);
    boolean dropped =
        failed
            && opening instanceof Outcome.Iterate iterate
            && iterate.onError() == Outcome.OnRoundError.REMOVE;
    changed[round] = dropped ? null : output;
    return new Rounds(opening, next, open - 1, changed, variables);
  }

  /** The variables that a round begins with, under the container's id. */
  Value.Obj seed(int round) {
    return opening instanceof Outcome.Iterate iterate
        ? Value.object("item", iterate.items().get(round), "index", round)
        : variables;
  }

  /** What the container outputs when all rounds are closed. */
  Value.Obj outputs() {
    if (opening instanceof Outcome.Iterate iterate) {
      List<Value> collected = new ArrayList<>();
      for (Value result : results) {
        if (result != null) {
          collected.add(result);
        }
      }
      return Value.object(
          "output", new Value.Array(iterate.flatten() ? flat(collected) : collected));
    }
    return variables.with("loop_round", Value.integer(next));
  }

  private static List<Value> flat(List<Value> results) {
    boolean lists =
        results.stream()
            .allMatch(result -> result instanceof Value.Array || result instanceof Value.Null);
    boolean any = results.stream().anyMatch(Value.Array.class::isInstance);
    if (!lists || !any) {
      return results;
    }
    List<Value> joined = new ArrayList<>();
    for (Value result : results) {
      if (result instanceof Value.Array(List<Value> items)) {
        joined.addAll(items);
      }
    }
    return joined;
  }
}
