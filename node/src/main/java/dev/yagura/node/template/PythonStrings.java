package dev.yagura.node.template;

import dev.yagura.base.Failure;
import dev.yagura.graph.value.Py;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str} that templates use, and {@code text[index]}. */
final class PythonStrings extends ELResolver {
  @Override
  public @Nullable Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] given) {
    if (!(base instanceof String text)) {
      return null;
    }
    Object[] parameters = given == null ? new Object[0] : given;
    String[] arguments = Arrays.stream(parameters).map(PythonValues::str).toArray(String[]::new);
    Object result = call(text, String.valueOf(method), arguments);
    context.setPropertyResolved(true);
    return result;
  }

  private static Object call(String text, String method, String[] arguments) {
    return switch (method) {
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "strip" -> text.strip();
      case "lstrip" -> text.stripLeading();
      case "rstrip" -> text.stripTrailing();
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

  private static String argument(String method, String[] arguments, int index) {
    if (arguments.length <= index) {
      throw Failure.user("", method + "() misses an argument").asException();
    }
    return arguments[index];
  }

  private static String bounded(String text, String old, String by) {
    long longest = (text.length() + 1L) * (by.length() + 1L);
    if (longest > 64L * TemplateTransformNode.MAX_LENGTH) {
      throw Failure.limit("", "replace() would make too long a text").asException();
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
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
      parts.add(text.substring(start, at));
      start = at + separator.length();
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static long codePoints(String text, int index) {
    return index < 0 ? -1 : text.codePointCount(0, index);
  }

  @Override
  public @Nullable Object getValue(ELContext context, Object base, Object property) {
    if (!(base instanceof String text)) {
      return null;
    }
    context.setPropertyResolved(true);
    Double number = Py.parseFloat(String.valueOf(property));
    int length = text.codePointCount(0, text.length());
    int at = number == null ? length : number.intValue() + (number < 0 ? length : 0);
    return at < 0 || at >= length
        ? null
        : Character.toString(text.codePointAt(text.offsetByCodePoints(0, at)));
  }

  @Override
  public @Nullable Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {}

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }

  @Override
  public @Nullable Class<?> getCommonPropertyType(ELContext context, Object base) {
    return null;
  }
}
