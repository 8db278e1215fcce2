package dev.yagura.dify;

import dev.yagura.base.Problem;
import dev.yagura.graph.Node;
import dev.yagura.graph.value.Value;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a node does when it fails: error strategy, default values, retries (dify-contract
 * §2.1).
 */
final class ErrorSettings {
  /** The editor's limits: retries and milliseconds between them. */
  private static final int MAX_RETRIES = 10;

  private static final long MAX_INTERVAL_MS = 5_000;

  private final RawNode node;
  private final List<Problem> problems;

  ErrorSettings(RawNode node, List<Problem> problems) {
    this.node = node;
    this.problems = problems;
  }

  Node.OnError onError() {
    return switch (node.data().text("error_strategy", "none")) {
      case "fail-branch" -> new Node.OnError.FailBranch();
      case "default-value" -> defaults();
      case "none", "" -> new Node.OnError.Abort();
      default -> {
        warn(
            "error-strategy",
            "unknown error strategy '"
                + node.data().text("error_strategy", "")
                + "' (expected: fail-branch, default-value); a failure ends the run");
        yield new Node.OnError.Abort();
      }
    };
  }

  private void warn(String code, String message) {
    problems.add(Problem.warning(code, message, node.place().about(node.label())));
  }

  /**
   * Defaults of the wrong type are none: a failure of the node ends the run, as Dify's
   * DefaultValueTypeError does.
   */
  private Node.OnError defaults() {
    Value.Obj values = Value.EMPTY;
    if (node.data().get("default_value") instanceof Value.Array(List<Value> items)) {
      for (Value item : items) {
        if (item instanceof Value.Obj object) {
          Value value = DefaultValues.convert(object.text("type", "string"), object.get("value"));
          if (value == null) {
            warn(
                "default-value",
                DefaultValues.complaint(object) + "; a failure of the node ends the run");
            return new Node.OnError.Abort();
          }
          values = values.with(object.text("key", ""), value);
        }
      }
    }
    return new Node.OnError.DefaultValue(values);
  }

  Node.Retry retry() {
    if (!DifyNodeTypes.WITH_RETRY.contains(node.type())
        || !(node.data().get("retry_config") instanceof Value.Obj retry)
        || !Value.TRUE.equals(retry.get("retry_enabled"))) {
      return Node.Retry.NONE;
    }
    long max = number(retry.get("max_retries"), 0);
    long interval = number(retry.get("retry_interval"), 0);
    if (max > MAX_RETRIES || interval > MAX_INTERVAL_MS) {
      problems.add(
          Problem.warning(
              "retry",
              max
                  + " retries every "
                  + interval
                  + " ms (expected: at most "
                  + MAX_RETRIES
                  + " and "
                  + MAX_INTERVAL_MS
                  + " ms); the limit is used",
              node.place().about(node.label())));
    }
    return new Node.Retry(
        Math.clamp(max, 0, MAX_RETRIES),
        Duration.ofMillis(Math.clamp(interval, 0, MAX_INTERVAL_MS)));
  }

  private static long number(@Nullable Value value, long otherwise) {
    return switch (value) {
      case Value.Int(long number) -> number;
      case Value.Real(double number) -> (long) number;
      case null, default -> otherwise;
    };
  }
}
