package dev.yagura.node.template;

import dev.yagura.graph.value.Py;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that read numbers and lists as Python does. */
final class NumberFilters {
  static final Comparator<Object> ORDER =
      (left, right) ->
          left instanceof Number a && right instanceof Number b
              ? Double.compare(a.doubleValue(), b.doubleValue())
              : PythonValues.str(left).compareTo(PythonValues.str(right));

  static final Map<String, PythonFilters.Body> BODIES =
      Map.of(
          "float", NumberFilters::real,
          "int", NumberFilters::integer,
          "round", NumberFilters::round,
          "max", (value, arguments) -> ListFilters.items(value).stream().max(ORDER).orElse(null),
          "min", (value, arguments) -> ListFilters.items(value).stream().min(ORDER).orElse(null),
          "sum", NumberFilters::sum,
          "batch", NumberFilters::batch,
          "unique", (value, arguments) -> unique(value));

  private NumberFilters() {}

  private static @Nullable Double number(@Nullable Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case Boolean flag -> flag ? 1.0 : 0.0;
      case String text -> Py.parseFloat(text);
      case null, default -> null;
    };
  }

  private static Object real(@Nullable Object value, FilterArguments arguments) {
    Double number = number(value);
    Object otherwise = arguments.get(0, "default");
    return number != null ? number : otherwise == null ? 0.0 : otherwise;
  }

  private static Object integer(@Nullable Object value, FilterArguments arguments) {
    if (value instanceof Long || value instanceof Integer) {
      return value;
    }
    Double number = number(value);
    Object otherwise = arguments.get(0, "default");
    return number != null ? (Object) number.longValue() : otherwise == null ? 0L : otherwise;
  }

  /** Python rounds halves to the even neighbour, by the exact value of the number. */
  private static @Nullable Object round(@Nullable Object value, FilterArguments arguments) {
    Double number = number(value);
    if (number == null || !Double.isFinite(number)) {
      return value;
    }
    RoundingMode mode =
        switch (arguments.text(1, "method", "common")) {
          case "ceil" -> RoundingMode.CEILING;
          case "floor" -> RoundingMode.FLOOR;
          default -> RoundingMode.HALF_EVEN;
        };
    int precision = Math.clamp(arguments.size(0, "precision", 0), -300, 300);
    return new BigDecimal(number).setScale(precision, mode).doubleValue();
  }

  private static Object unique(@Nullable Object value) {
    Map<String, Object> first = new LinkedHashMap<>();
    ListFilters.items(value)
        .forEach(item -> first.putIfAbsent(PythonValues.str(item).toLowerCase(Locale.ROOT), item));
    return new ArrayList<>(first.values());
  }

  private static Object sum(@Nullable Object value, FilterArguments arguments) {
    Object attribute = arguments.get(0, "attribute");
    double total = 0;
    boolean whole = true;
    for (Object item : ListFilters.items(value)) {
      Object part =
          attribute != null && item instanceof Map<?, ?> map ? map.get(attribute.toString()) : item;
      Double number = number(part);
      whole &= part instanceof Long || part instanceof Integer;
      total += number == null ? 0 : number;
    }
    return whole ? (Object) (long) total : (Object) total;
  }

  private static Object batch(@Nullable Object value, FilterArguments arguments) {
    int size = Math.max(1, arguments.size(0, "linecount", 1));
    Object filling = arguments.get(1, "fill_with");
    List<Object> batches = new ArrayList<>();
    List<Object> items = ListFilters.items(value);
    for (int at = 0; at < items.size(); at += size) {
      List<Object> batch = new ArrayList<>(items.subList(at, Math.min(at + size, items.size())));
      while (filling != null && batch.size() < size) {
        batch.add(filling);
      }
      batches.add(batch);
    }
    return batches;
  }
}
