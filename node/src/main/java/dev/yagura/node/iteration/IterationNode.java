package dev.yagura.node.iteration;

import dev.yagura.base.Failure;
import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.Outcome.OnRoundError;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import java.util.List;

/**
 * A round for each item of a list, one after the other or several at once (dify-contract §2.15).
 */
public final class IterationNode implements NodeType<IterationNode.Config> {
  /** Most items of one iteration. */
  public static final int MAX_ITEMS = 10_000;

  /** Most rounds at once, whatever the file says. */
  public static final int MAX_PARALLEL = 100;

  public record Config(
      @Setting(doc = "The list.") Selector iteratorSelector,
      @Setting(doc = "The variable of each round that is collected.") Selector outputSelector,
      @Setting(doc = "Whether rounds run at once.") boolean isParallel,
      @Setting(doc = "How many rounds at once.", orElse = "10") int parallelNums,
      @Setting(doc = "terminated, continue-on-error or remove-abnormal-output.")
          String errorHandleMode,
      @Setting(doc = "Whether lists in the result are joined.", orElse = "true")
          boolean flattenOutput) {}

  @Override
  public String type() {
    return "iteration";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<Problem> check(Config config, Place place) {
    int parallel = config.parallelNums();
    return !config.isParallel() || (parallel >= 1 && parallel <= MAX_PARALLEL)
        ? List.of()
        : List.of(
            Problem.warning(
                "parallel",
                parallel
                    + " rounds at once (expected: 1 to "
                    + MAX_PARALLEL
                    + "); the nearest of these is used",
                place));
  }

  @Override
  public Outcome run(Config config, NodeCall call) {
    Value list = call.find(config.iteratorSelector());
    if (list == null) {
      throw Failure.user("", "iterator variable " + config.iteratorSelector() + " not found")
          .asException();
    }
    if (list instanceof Value.Null) {
      return Outcome.Done.of(Value.object("output", Value.array()));
    }
    if (!(list instanceof Value.Array(List<Value> items))) {
      throw Failure.user("", "invalid iterator value: " + Py.str(list) + ", please provide a list.")
          .asException();
    }
    if (items.isEmpty()) {
      return Outcome.Done.of(Value.object("output", Value.array()));
    }
    if (items.size() > MAX_ITEMS) {
      throw Failure.limit(
              "", items.size() + " items in an iteration (expected: at most " + MAX_ITEMS + ")")
          .asException();
    }
    int parallel = config.isParallel() ? Math.clamp(config.parallelNums(), 1, MAX_PARALLEL) : 1;
    return new Outcome.Iterate(
        items, parallel, onError(config), config.outputSelector(), config.flattenOutput());
  }

  private static OnRoundError onError(Config config) {
    return switch (config.errorHandleMode()) {
      case "continue-on-error" -> OnRoundError.CONTINUE;
      case "remove-abnormal-output" -> OnRoundError.REMOVE;
      default -> OnRoundError.TERMINATE;
    };
  }
}
