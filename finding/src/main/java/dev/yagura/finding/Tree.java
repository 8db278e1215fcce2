package dev.yagura.finding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a finding's JSON, read leniently: what is not there, null or of another kind is absent.
 */
public record Tree(JsonNode node) {
  private static final Tree NOTHING = new Tree(MissingNode.getInstance());

  /** The part at a path of keys joined by dots. */
  public Tree at(String path) {
    JsonNode at = node;
    for (String key : path.split("\\.")) {
      at = at.path(key);
    }
    return new Tree(at);
  }

  public boolean isPresent() {
    return !node.isMissingNode() && !node.isNull() && !(node.isContainerNode() && node.isEmpty());
  }

  /** The text (or number, or flag, as text) at the path, or null; blank counts as absent. */
  public @Nullable String text(String path) {
    JsonNode at = at(path).node;
    if (!at.isValueNode() || at.isNull()) {
      return null;
    }
    String text = at.asText();
    return text.isBlank() ? null : text;
  }

  /** As {@link #text(String)}, with the word to use where there is none. */
  public String text(String path, String otherwise) {
    String text = text(path);
    return text == null ? otherwise : text;
  }

  /** The number at the path, also where it is written as text; null where there is none. */
  public @Nullable Double number(String path) {
    String text = text(path);
    if (text == null || text.length() > 64) {
      return null;
    }
    try {
      return new BigDecimal(text.strip()).doubleValue();
    } catch (NumberFormatException other) {
      return null;
    }
  }

  /** The flag at the path, also where it is written as text; null where there is none. */
  public @Nullable Boolean flag(String path) {
    String text = text(path);
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "true", "True" -> true;
      case "false", "False" -> false;
      default -> null;
    };
  }

  /** The items of the list at the path; a single object counts as a list of one. */
  public List<Tree> list(String path) {
    JsonNode at = at(path).node;
    List<Tree> items = new ArrayList<>();
    if (at.isArray()) {
      at.forEach(item -> items.add(new Tree(item)));
    } else if (at.isObject()) {
      items.add(new Tree(at));
    }
    return items;
  }

  /** The texts of the list at the path. */
  public List<String> texts(String path) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : at(path).node) {
      if (item.isValueNode() && !item.isNull() && !item.asText().isBlank()) {
        texts.add(item.asText());
      }
    }
    return texts;
  }

  public Tree first(String path) {
    List<Tree> items = list(path);
    return items.isEmpty() ? NOTHING : items.getFirst();
  }
}
