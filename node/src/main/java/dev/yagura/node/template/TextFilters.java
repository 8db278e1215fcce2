package dev.yagura.node.template;

import dev.yagura.base.Failure;
import dev.yagura.graph.value.JsonText;
import dev.yagura.graph.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Filters that make texts. */
final class TextFilters {
  static final Map<String, PythonFilters.Body> BODIES =
      Map.of(
          "join",
          TextFilters::join,
          "string",
          (value, arguments) -> PythonValues.str(value),
          "tojson",
          TextFilters::json,
          "length",
          (value, arguments) -> length(value),
          "count",
          (value, arguments) -> length(value),
          "truncate",
          TextFilters::truncate,
          "replace",
          TextFilters::replace,
          "format",
          FormatFilter::format,
          "indent",
          TextFilters::indent,
          "urlencode",
          (value, arguments) ->
              URLEncoder.encode(PythonValues.str(value), StandardCharsets.UTF_8)
                  .replace("+", "%20")
                  .replace("%2F", "/"));

  private TextFilters() {}

  private static Object join(@Nullable Object value, FilterArguments arguments) {
    List<String> texts = new ArrayList<>();
    Iterable<?> items =
        switch (value) {
          case Iterable<?> many -> many;
          case Map<?, ?> map -> map.keySet();
          case String text -> text.codePoints().mapToObj(Character::toString).toList();
          case null, default -> List.of();
        };
    Object attribute = arguments.get(1, "attribute");
    for (Object item : items) {
      Object shown =
          attribute != null && item instanceof Map<?, ?> map ? map.get(attribute.toString()) : item;
      texts.add(PythonValues.str(shown));
    }
    String between = arguments.text(0, "d", "");
    long length = (long) between.length() * texts.size();
    for (String text : texts) {
      length += text.length();
    }
    if (length > 16L * TemplateTransformNode.MAX_LENGTH) {
      throw Failure.limit("", "join() would make too long a text").asException();
    }
    return String.join(between, texts);
  }

  /** As {@code json.dumps} with Jinja2's escapes for HTML. */
  private static Object json(@Nullable Object value, FilterArguments arguments) {
    Value plain = sorted(PythonValues.fromTemplate(value));
    boolean pretty = arguments.get(0, "indent") != null;
    String text = pretty ? JsonText.indented(plain) : JsonText.line(plain);
    var out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7e || c == '<' || c == '>' || c == '&' || c == '\'') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Jinja2 sorts the keys ({@code json.dumps_kwargs}). */
  private static Value sorted(Value value) {
    return switch (value) {
      case Value.Obj(Map<String, Value> fields) -> {
        Map<String, Value> sorted = new TreeMap<>();
        fields.forEach((name, field) -> sorted.put(name, sorted(field)));
        yield new Value.Obj(new LinkedHashMap<>(sorted));
      }
      case Value.Array(List<Value> items) ->
          new Value.Array(items.stream().map(TextFilters::sorted).toList());
      default -> value;
    };
  }

  private static Object replace(@Nullable Object value, FilterArguments arguments) {
    String text = PythonValues.str(value);
    String old = arguments.text(0, "old", "");
    String by = arguments.text(1, "new", "");
    Object count = arguments.get(2, "count");
    if (count == null) {
      return PythonStrings.bounded(text, old, by);
    }
    int left = arguments.size(2, "count", 0);
    var out = new StringBuilder();
    int start = 0;
    for (int at = text.indexOf(old); at >= 0 && left > 0 && !old.isEmpty(); left--) {
      out.append(text, start, at).append(by);
      start = at + old.length();
      at = text.indexOf(old, start);
    }
    return out.append(text, start, text.length()).toString();
  }

  private static Object length(@Nullable Object value) {
    return switch (value) {
      case String text -> (long) text.codePointCount(0, text.length());
      case Map<?, ?> map -> (long) map.size();
      case Collection<?> items -> (long) items.size();
      case null, default -> 0L;
    };
  }

  /** Jinja2 leaves texts alone that are up to five characters too long. */
  private static Object truncate(@Nullable Object value, FilterArguments arguments) {
    String text = PythonValues.str(value);
    int length = arguments.size(0, "length", 255);
    String end = arguments.text(2, "end", "...");
    if (text.codePointCount(0, text.length()) <= length + arguments.size(3, "leeway", 5)) {
      return text;
    }
    int keep = Math.max(0, length - end.codePointCount(0, end.length()));
    String cut = text.substring(0, text.offsetByCodePoints(0, keep));
    int blank = cut.lastIndexOf(' ');
    return (arguments.flag(1, "killwords") || blank < 0 ? cut : cut.substring(0, blank)) + end;
  }

  private static Object indent(@Nullable Object value, FilterArguments arguments) {
    String by = " ".repeat(Math.max(0, Math.min(200, arguments.size(0, "width", 4))));
    String[] lines = PythonValues.str(value).split("\n", -1);
    var out = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      boolean indented =
          i == 0 ? arguments.flag(1, "first") : !lines[i].isEmpty() || arguments.flag(2, "blank");
      out.append(i == 0 ? "" : "\n").append(indented ? by : "").append(lines[i]);
    }
    return out.toString();
  }
}
