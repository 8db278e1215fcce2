package dev.yagura.node.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.graph.value.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what people and models mean by JSON: fences around it, words before it, missing quotes,
 * single quotes, trailing commas, comments. What cannot be meant stays refused.
 */
public final class LenientJson {
  private static final String FENCE = "```";

  /**
   * A value without quotes that is no number, true, false or null. Nothing in it gives back what it
   * has taken: the text may come from a model.
   */
  private static final Pattern BARE =
      Pattern.compile(
          "([:\\[,]\\s*+)"
              + "(?!(?:true|false|null|-?\\d++(?:\\.\\d++)?+(?:[eE][-+]?\\d++)?+)\\s*+[,}\\]])"
              + "([^\\s\"'{}\\[\\],:]++(?:[ \\t]++[^\\s\"'{}\\[\\],:]++)*+)(?=\\s*+[,}\\]])");

  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private LenientJson() {}

  /** The value that the text means; empty where it means none. */
  public static Optional<Value> parse(String text) {
    return JsonValues.parse(text)
        .or(() -> lenient(text))
        .or(() -> lenient(BARE.matcher(text).replaceAll("$1\"$2\"")));
  }

  /** The object in a model's answer, wherever it stands; empty where there is none. */
  public static Optional<Value.Obj> object(String answer) {
    String inner = fenced(answer);
    int from = inner.indexOf('{');
    int to = inner.lastIndexOf('}');
    if (from < 0 || to < from) {
      return Optional.empty();
    }
    return parse(inner.substring(from, to + 1))
        .filter(Value.Obj.class::isInstance)
        .map(Value.Obj.class::cast);
  }

  /** What stands between the first two fences; everything where there are none. */
  private static String fenced(String answer) {
    int open = answer.indexOf(FENCE);
    int line = open < 0 ? -1 : answer.indexOf('\n', open);
    int close = line < 0 ? -1 : answer.indexOf(FENCE, line);
    return close < 0 ? answer : answer.substring(line + 1, close);
  }

  private static Optional<Value> lenient(String text) {
    try {
      JsonNode node = LENIENT.readTree(text);
      return node.isMissingNode() ? Optional.empty() : Optional.of(JsonValues.fromJson(node));
    } catch (JsonProcessingException noJson) {
      return Optional.empty();
    }
  }
}
