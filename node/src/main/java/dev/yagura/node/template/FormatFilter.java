package dev.yagura.node.template;

import dev.yagura.base.Failure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code "%s: %.2f"|format(name, score)}: Python's printf forms, with widths of up to 999. */
final class FormatFilter {
  private static final Pattern FORM =
      Pattern.compile("%([-+0 #]*)(\\d{0,3})(\\.\\d{1,3})?([a-zA-Z%])?");

  private FormatFilter() {}

  static String format(@Nullable Object value, FilterArguments arguments) {
    Matcher matcher = FORM.matcher(PythonValues.str(value));
    var out = new StringBuilder();
    int next = 0;
    while (matcher.find()) {
      boolean percent = "%".equals(matcher.group(4));
      String made = percent ? "%" : one(matcher, arguments, next++);
      matcher.appendReplacement(out, Matcher.quoteReplacement(made));
    }
    return matcher.appendTail(out).toString();
  }

  private static String one(Matcher form, FilterArguments arguments, int place) {
    String letter = form.group(4) == null ? "" : form.group(4);
    if (place >= arguments.places().size()) {
      throw Failure.user("", "not enough arguments for format string").asException();
    }
    Object value = arguments.places().get(place);
    String start = "%" + form.group(1) + form.group(2);
    String precision = form.group(3) == null ? "" : form.group(3);
    return switch (letter) {
      case "s", "r" -> String.format(Locale.ROOT, start + precision + "s", PythonValues.str(value));
      case "d", "i", "x", "X", "o" ->
          String.format(Locale.ROOT, start + letter.replace('i', 'd'), number(value).longValue());
      case "f", "F", "e", "E", "g", "G" ->
          String.format(
              Locale.ROOT,
              start + precision + letter.replace('F', 'f'),
              number(value).doubleValue());
      default ->
          throw Failure.user("", "unsupported format '" + form.group() + "' in format()")
              .asException();
    };
  }

  private static Number number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number;
    }
    throw Failure.user("", "format(): a number is expected, not " + PythonValues.str(value))
        .asException();
  }
}
