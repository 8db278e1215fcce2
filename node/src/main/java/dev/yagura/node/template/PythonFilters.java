package dev.yagura.node.template;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import dev.yagura.base.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters and tests whose results differ between Jinja2 and Jinjava where users see them. */
final class PythonFilters {
  private PythonFilters() {}

  interface Body {
    @Nullable Object apply(@Nullable Object value, FilterArguments arguments);
  }

  static void register(Context context) {
    TextFilters.BODIES.forEach((name, body) -> context.registerFilter(filter(name, body)));
    ListFilters.BODIES.forEach((name, body) -> context.registerFilter(filter(name, body)));
    NumberFilters.BODIES.forEach((name, body) -> context.registerFilter(filter(name, body)));
    GuardedFilter.guardAll(context);
    context.registerExpTest(test("none"));
    context.registerFunction(
        new ELFunctionDefinition(
            "", "range", PythonFilters.class, "range", Object.class, Object[].class));
    context.registerTag(new PythonForTag());
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
        return body.apply(
            value, new FilterArguments(Arrays.asList((Object[]) arguments), Map.of()));
      }

      @Override
      public @Nullable Object filter(
          @Nullable Object value,
          JinjavaInterpreter interpreter,
          Object[] arguments,
          Map<String, Object> named) {
        return body.apply(value, new FilterArguments(Arrays.asList(arguments), named));
      }
    };
  }

  /** {@code range(stop)}, {@code range(start, stop, step)}; the engine calls it by its name. */
  public static List<Object> range(Object first, Object... others) {
    List<@Nullable Object> all = new ArrayList<>(List.of(first));
    all.addAll(Arrays.asList(others));
    var numbers = new FilterArguments(all, Map.of());
    int start = all.size() == 1 ? 0 : numbers.size(0, "range", 0);
    int stop = numbers.size(all.size() == 1 ? 0 : 1, "range", 0);
    int step = numbers.size(2, "range", 1);
    if (step == 0) {
      throw Failure.user("", "range() arg 3 must not be zero").asException();
    }
    List<Object> list = new ArrayList<>();
    for (int i = start; step > 0 ? i < stop : i > stop; i += step) {
      list.add((long) i);
    }
    return list;
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
        return value == PythonValues.None.NONE;
      }
    };
  }
}
