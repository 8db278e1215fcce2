package dev.yagura.node.template;

import dev.yagura.base.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much a value is when it is written out. A list that holds another twice, forty times over, is
 * small in memory and without end on paper.
 */
final class Weight {
  private static final int MAX_VALUES = 1_000_000;
  private static final int MAX_CHARACTERS = 16 * TemplateTransformNode.MAX_LENGTH;
  private static final int MAX_DEPTH = 500;

  private int values;
  private long characters;

  private Weight() {}

  static <T extends @Nullable Object> T check(T value) {
    if (value instanceof CharSequence || value instanceof Iterable<?> || value instanceof Map) {
      new Weight().add(value, 0);
    }
    return value;
  }

  private void add(@Nullable Object value, int depth) {
    values++;
    switch (value) {
      case CharSequence text -> characters += text.length();
      case Map<?, ?> map ->
          map.forEach(
              (key, field) -> {
                add(key, depth + 1);
                add(field, depth + 1);
              });
      case Iterable<?> items -> items.forEach(item -> add(item, depth + 1));
      case null, default -> {}
    }
    if (values > MAX_VALUES || characters > MAX_CHARACTERS || depth > MAX_DEPTH) {
      throw Failure.limit("", "a value of the template grows beyond any use").asException();
    }
  }
}
