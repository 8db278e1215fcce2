package dev.yagura.knowledge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on the metadata of documents (dify-contract §2.10).
 *
 * @param all whether all of them must hold, or one is enough
 */
public record MetadataFilter(boolean all, List<Condition> conditions) {
  public static final MetadataFilter NONE = new MetadataFilter(true, List.of());

  public MetadataFilter {
    conditions = Collections.unmodifiableList(new ArrayList<>(conditions));
  }

  /**
   * @param operator as Dify names it, for example {@code not contains} or {@code ≥}
   */
  public record Condition(String name, String operator, String value) {
    boolean holds(@Nullable Object actual) {
      String text = actual == null ? "" : plain(actual);
      return switch (operator) {
        case "contains" -> actual != null && text.contains(value);
        case "not contains" -> !text.contains(value);
        case "start with" -> actual != null && text.startsWith(value);
        case "end with" -> actual != null && text.endsWith(value);
        case "is" -> actual != null && text.equals(value);
        case "is not" -> !text.equals(value);
        case "empty" -> text.isEmpty();
        case "not empty" -> !text.isEmpty();
        case "in" -> actual != null && isListed(text);
        case "not in" -> !isListed(text);
        default -> compares(actual);
      };
    }

    private boolean isListed(String text) {
      return Arrays.stream(value.split(",")).map(String::strip).anyMatch(text::equals);
    }

    private boolean compares(@Nullable Object actual) {
      Double left = number(actual);
      Double right = number(value);
      if (left == null || right == null) {
        return false;
      }
      int order = left.compareTo(right);
      return switch (operator) {
        case "=" -> order == 0;
        case "≠" -> order != 0;
        case ">", "after" -> order > 0;
        case "<", "before" -> order < 0;
        case "≥" -> order >= 0;
        case "≤" -> order <= 0;
        default -> false;
      };
    }
  }

  public boolean isEmpty() {
    return conditions.isEmpty();
  }

  boolean matches(Document document) {
    return all
        ? conditions.stream().allMatch(one -> one.holds(value(document, one.name())))
        : conditions.stream().anyMatch(one -> one.holds(value(document, one.name())));
  }

  /** The fields that every document has come from the document itself. */
  private static @Nullable Object value(Document document, String name) {
    Map<String, Object> own = document.settings().metadata();
    if (own.containsKey(name)) {
      return own.get(name);
    }
    return switch (name) {
      case "document_name" -> document.name();
      case "upload_date" -> document.addedAt().getEpochSecond();
      case "last_update_date" -> document.changedAt().getEpochSecond();
      case "source" -> document.settings().source();
      default -> null;
    };
  }

  private static String plain(Object value) {
    return value instanceof Double number && number == Math.rint(number)
        ? String.valueOf(number.longValue())
        : String.valueOf(value);
  }

  private static @Nullable Double number(@Nullable Object value) {
    try {
      return value == null ? null : Double.valueOf(plain(value).strip());
    } catch (NumberFormatException aWord) {
      return null;
    }
  }
}
