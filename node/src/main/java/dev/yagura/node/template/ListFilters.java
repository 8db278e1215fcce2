package dev.yagura.node.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that take lists apart, and those of HTML. */
final class ListFilters {
  static final Map<String, PythonFilters.Body> BODIES =
      Map.of(
          "first", (value, arguments) -> at(value, true),
          "last", (value, arguments) -> at(value, false),
          "list", (value, arguments) -> items(value),
          "items", (value, arguments) -> pairs(value),
          "reverse", (value, arguments) -> reverse(value),
          "sort", ListFilters::sort,
          "safe", (value, arguments) -> value,
          "e", (value, arguments) -> escape(value),
          "escape", (value, arguments) -> escape(value),
          "striptags", (value, arguments) -> stripTags(value));

  private ListFilters() {}

  static List<Object> items(@Nullable Object value) {
    List<Object> items = new ArrayList<>();
    switch (value) {
      case Map<?, ?> map -> items.addAll(map.keySet());
      case Iterable<?> many -> many.forEach(items::add);
      case Object[] many -> items.addAll(Arrays.asList(many));
      case CharSequence text -> text.codePoints().mapToObj(Character::toString).forEach(items::add);
      case null, default -> {}
    }
    return items;
  }

  private static List<Object> pairs(@Nullable Object value) {
    List<Object> pairs = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, field) -> pairs.add(Arrays.asList(key, field)));
    }
    return pairs;
  }

  private static @Nullable Object at(@Nullable Object value, boolean first) {
    List<Object> items = items(value);
    return items.isEmpty() ? null : first ? items.getFirst() : items.getLast();
  }

  private static Object reverse(@Nullable Object value) {
    if (value instanceof CharSequence text) {
      return new StringBuilder(text).reverse().toString();
    }
    List<Object> items = items(value);
    Collections.reverse(items);
    return items;
  }

  private static Object sort(@Nullable Object value, FilterArguments arguments) {
    boolean exact = arguments.flag(1, "case_sensitive");
    String path = arguments.text(2, "attribute", "");
    Comparator<Object> order =
        (left, right) ->
            NumberFilters.ORDER.compare(key(left, path, exact), key(right, path, exact));
    List<Object> items = items(value);
    items.sort(arguments.flag(0, "reverse") ? order.reversed() : order);
    return items;
  }

  private static Object key(Object item, String path, boolean exact) {
    Object at = item;
    for (String name : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
      at = at instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return at instanceof String text && !exact
        ? text.toLowerCase(Locale.ROOT)
        : at == null ? "" : at;
  }

  private static Object escape(@Nullable Object value) {
    return PythonValues.str(value)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;");
  }

  private static Object stripTags(@Nullable Object value) {
    String text = PythonValues.str(value);
    var out = new StringBuilder();
    int start = 0;
    for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', start)) {
      String close = text.startsWith("<!--", at) ? "-->" : ">";
      int end = text.indexOf(close, at);
      if (end < 0) {
        break;
      }
      out.append(text, start, at);
      start = end + close.length();
    }
    return unescape(
        out.append(text, start, text.length()).toString().strip().replaceAll("\\s+", " "));
  }

  private static String unescape(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&amp;", "&");
  }
}
