package dev.yagura.node.template;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import dev.yagura.graph.value.JsonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters and tests whose results differ between Jinja2 and Jinjava where users see them. */
final class PythonFilters {
  private PythonFilters() {}

  private interface Body {
    @Nullable Object apply(@Nullable Object value, String[] arguments);
  }

  static void register(Context context) {
    context.registerFilter(filter("join", PythonFilters::join));
    context.registerFilter(filter("string", (value, arguments) -> PythonValues.str(value)));
    context.registerFilter(filter("tojson", (value, arguments) -> json(value)));
    context.registerFilter(filter("length", (value, arguments) -> length(value)));
    context.registerFilter(filter("count", (value, arguments) -> length(value)));
    context.registerExpTest(test("none"));
  }

  private static Filter filter(String name, Body body) {
    return new Filter() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public @Nullable Object filter(
          @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
        return body.apply(value, arguments);
      }
    };
  }

  private static ExpTest test(String name) {
    return new ExpTest() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public boolean evaluate(
          @Nullable Object value, JinjavaInterpreter interpreter, Object... arguments) {
        return value == null || value == PythonValues.None.NONE;
      }
    };
  }

  private static Object join(@Nullable Object value, String[] arguments) {
    List<String> texts = new ArrayList<>();
    Iterable<?> items =
        switch (value) {
          case Iterable<?> many -> many;
          case Map<?, ?> map -> map.keySet();
          case String text -> text.codePoints().mapToObj(Character::toString).toList();
          case null, default -> List.of();
        };
    for (Object item : items) {
      Object shown =
          arguments.length > 1 && item instanceof Map<?, ?> map ? map.get(arguments[1]) : item;
      texts.add(PythonValues.str(shown));
    }
    return String.join(arguments.length > 0 ? arguments[0] : "", texts);
  }

  /** As {@code json.dumps} with Jinja2's escapes for HTML. */
  private static Object json(@Nullable Object value) {
    String line = JsonText.line(PythonValues.fromTemplate(value));
    var out = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c > 0x7e || c == '<' || c == '>' || c == '&' || c == '\'') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static Object length(@Nullable Object value) {
    return switch (value) {
      case String text -> (long) text.codePointCount(0, text.length());
      case Map<?, ?> map -> (long) map.size();
      case Collection<?> items -> (long) items.size();
      case null, default -> 0L;
    };
  }
}
