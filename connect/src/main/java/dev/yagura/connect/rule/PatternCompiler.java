package dev.yagura.connect.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.finding.Untrusted;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;

/** Checks a pattern and compiles it. */
final class PatternCompiler {
  /** Most ways through the {@code $or}s of a pattern, as EventBridge has it. */
  private static final long MAX_ALTERNATIVES = 1_000;

  /** Most wildcards that one value can be under way in. */
  private static final int MAX_WILDCARDS = 30;

  private static final Pattern PLACE = Pattern.compile("line: (\\d+), column: (\\d+)");

  /** A field that is there twice counts once for some readers and twice for others. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PatternCompiler() {}

  static EventPattern compile(String json) {
    if (json.length() > EventPattern.MAX_CHARACTERS) {
      throw wrong(
          "it has "
              + json.length()
              + " characters (expected: at most "
              + EventPattern.MAX_CHARACTERS
              + ", as EventBridge has it)",
          null);
    }
    ObjectNode tree = read(json);
    // First of all: the compiler itself takes as long as there are ways.
    if (alternatives(tree) > MAX_ALTERNATIVES) {
      throw wrong(
          "its $or come to more than " + MAX_ALTERNATIVES + " combinations (expected: fewer)",
          null);
    }
    String error = JsonRuleCompiler.check(json);
    if (error != null) {
      throw wrong(reason(error), null);
    }
    Machine machine = Machine.builder().build();
    try {
      machine.addRule("pattern", json);
    } catch (IOException broken) {
      throw wrong(reason(String.valueOf(broken.getMessage())), broken);
    }
    if (machine.evaluateComplexity(new MachineComplexityEvaluator(MAX_WILDCARDS))
        >= MAX_WILDCARDS) {
      throw wrong(
          "its wildcards take too long to compare (expected: fewer and simpler ones)", null);
    }
    return new EventPattern(json, tree, machine);
  }

  private static ObjectNode read(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException broken) {
      var at = broken.getLocation();
      throw wrong(
          first(String.valueOf(broken.getOriginalMessage()))
              + (at == null ? "" : place(at.getLineNr(), at.getColumnNr()))
              + " (expected: a JSON object with each field once)",
          broken);
    }
    throw wrong("it is no JSON object (expected: like {\"source\": [\"aws.guardduty\"]})", null);
  }

  private static long alternatives(JsonNode node) {
    long ways = 1;
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      long here = 1;
      if (field.getKey().equals(Condition.OR)) {
        here = 0;
        for (JsonNode alternative : field.getValue()) {
          here += alternatives(alternative);
        }
      } else if (field.getValue().isObject()) {
        here = alternatives(field.getValue());
      }
      ways = Math.min(ways * Math.max(1, here), MAX_ALTERNATIVES + 1);
    }
    return ways;
  }

  /** What the library says, without the names of its parts. */
  private static String reason(String error) {
    Matcher place = PLACE.matcher(error);
    String where =
        place.find()
            ? place(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)))
            : "";
    return first(error)
        + where
        + " (expected: a field is an object, or a list of values and of matchers like {\"prefix\":"
        + " \"x\"})";
  }

  private static String first(String message) {
    return Untrusted.clean(
        message.split("[(\n]| at \\[", 2)[0].split(": expected", 2)[0], Untrusted.TEXT);
  }

  private static String place(int line, int column) {
    return ", line " + line + ", column " + column;
  }

  private static FlowException wrong(String why, @Nullable Exception cause) {
    Failure failure = Failure.user("invalid_pattern", "the pattern: " + why);
    return cause == null ? new FlowException(failure) : new FlowException(failure, cause);
  }
}
