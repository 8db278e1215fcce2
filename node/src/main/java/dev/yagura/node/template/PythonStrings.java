package dev.yagura.node.template;

import dev.yagura.base.Failure;
import dev.yagura.graph.value.Py;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The methods of Python's {@code str} that templates use. */
final class PythonStrings {
  private static final long MAX_REPLACED = 256L * TemplateTransformNode.MAX_LENGTH;

  private PythonStrings() {}

  static Object call(String text, String method, String[] arguments) {
    return switch (method) {
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "strip" -> strip(text, arguments, true, true);
      case "lstrip" -> strip(text, arguments, true, false);
      case "rstrip" -> strip(text, arguments, false, true);
      case "startswith" -> text.startsWith(argument(method, arguments, 0));
      case "endswith" -> text.endsWith(argument(method, arguments, 0));
      case "replace" ->
          bounded(text, argument(method, arguments, 0), argument(method, arguments, 1));
      case "split" -> split(text, arguments);
      case "splitlines" -> new ArrayList<Object>(text.lines().toList());
      case "find" -> codePoints(text, text.indexOf(argument(method, arguments, 0)));
      case "isdigit" -> !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
      default ->
          throw Failure.user("", "texts have no method '" + method + "' in templates")
              .asException();
    };
  }

  private static String strip(String text, String[] arguments, boolean start, boolean end) {
    String set = arguments.length == 0 ? "" : arguments[0];
    int from = 0;
    int to = text.length();
    while (start && from < to && strips(set, text.charAt(from))) {
      from++;
    }
    while (end && to > from && strips(set, text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean strips(String set, char c) {
    return set.isEmpty() ? Character.isWhitespace(c) : set.indexOf(c) >= 0;
  }

  private static String argument(String method, String[] arguments, int index) {
    if (arguments.length <= index) {
      throw Failure.user("", method + "() misses an argument").asException();
    }
    return arguments[index];
  }

  static String bounded(String text, String old, String by) {
    long times = old.isEmpty() ? text.length() + 1L : text.length() / old.length();
    if (text.length() + times * by.length() > MAX_REPLACED) {
      throw Failure.limit("", "replace() could make too long a text").asException();
    }
    return text.replace(old, by);
  }

  private static List<Object> split(String text, String[] arguments) {
    if (arguments.length == 0) {
      return new ArrayList<>(text.isBlank() ? List.of() : List.of(text.strip().split("\\s+")));
    }
    List<Object> parts = new ArrayList<>();
    String separator = arguments[0];
    if (separator.isEmpty()) {
      throw Failure.user("", "empty separator").asException();
    }
    int start = 0;
    int left = arguments.length > 1 ? times(arguments[1]) : Integer.MAX_VALUE;
    for (int at = text.indexOf(separator); at >= 0 && left > 0; left--) {
      parts.add(text.substring(start, at));
      start = at + separator.length();
      at = text.indexOf(separator, start);
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static int times(String text) {
    Double number = Py.parseFloat(text);
    return number == null || number < 0 ? Integer.MAX_VALUE : number.intValue();
  }

  private static long codePoints(String text, int index) {
    return index < 0 ? -1 : text.codePointCount(0, index);
  }
}
