package dev.yagura.run;

import dev.yagura.base.Failure;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.JsonText;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
            .flatMap(Masking::forms)
            .distinct()
            // One may be a part of another.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** A secret as it may stand in a text: as it is, in a URL, in JSON, as base64. */
  private static Stream<String> forms(String secret) {
    String inUrl = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String inJson = JsonText.line(Value.text(secret));
    return Stream.of(
        secret,
        inUrl,
        inUrl.replace("+", "%20"),
        inJson.substring(1, inJson.length() - 1),
        Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
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
