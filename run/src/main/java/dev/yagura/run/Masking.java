package dev.yagura.run;

import dev.yagura.base.Failure;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a workflow's secrets out of what people read: the trace and the failure of a node. Outputs
 * stay as they are, because later nodes need them.
 */
final class Masking {
  /** Shorter values would mask half of every text. */
  private static final int SHORTEST = 4;

  private static final String MASK = "***";

  private final List<String> secrets;

  Masking(Value.Obj secrets) {
    this.secrets =
        secrets.fields().values().stream()
            .map(Py::str)
            .filter(secret -> secret.length() >= SHORTEST)
            .toList();
  }

  Outcome masked(Outcome outcome) {
    return !secrets.isEmpty()
            && outcome instanceof Outcome.Done done
            && masked(done.trace()) instanceof Value.Obj trace
        ? done.trace(trace)
        : outcome;
  }

  Failure masked(Failure failure) {
    return secrets.isEmpty()
        ? failure
        : new Failure(
            failure.kind(),
            failure.code(),
            masked(failure.message()),
            failure.retryable(),
            masked(failure.details()));
  }

  private Map<String, String> masked(Map<String, String> details) {
    Map<String, String> masked = new LinkedHashMap<>();
    details.forEach((name, value) -> masked.put(name, masked(value)));
    return masked;
  }

  private String masked(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }

  private Value masked(Value value) {
    return switch (value) {
      case Value.Text(String text) -> Value.text(masked(text));
      case Value.Array(List<Value> items) ->
          new Value.Array(items.stream().map(this::masked).toList());
      case Value.Obj(Map<String, Value> fields) -> {
        var changed = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> changed.put(name, masked(field)));
        yield new Value.Obj(changed);
      }
      default -> value;
    };
  }
}
