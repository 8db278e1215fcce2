package dev.yagura.node.template;

import dev.yagura.base.Failure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a template passes to a filter, by place or by name as Python allows. */
record FilterArguments(List<@Nullable Object> places, Map<String, Object> names) {
  @Nullable Object get(int place, String name) {
    return place < places.size() ? places.get(place) : names.get(name);
  }

  String text(int place, String name, String otherwise) {
    Object value = get(place, name);
    return value == null ? otherwise : PythonValues.str(value);
  }

  /** A whole number up to 10,000: sizes beyond that are mistakes or attacks. */
  int size(int place, String name, int otherwise) {
    Object value = get(place, name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Number number) || Math.abs(number.doubleValue()) > 10_000) {
      throw Failure.user("", name + ": a whole number up to 10000 is expected").asException();
    }
    return number.intValue();
  }

  boolean flag(int place, String name) {
    return Boolean.TRUE.equals(get(place, name));
  }
}
