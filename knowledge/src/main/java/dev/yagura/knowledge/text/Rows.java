package dev.yagura.knowledge.text;

import java.util.ArrayList;
import java.util.List;

/** Rows of a table; the first one with something in it names the columns. */
final class Rows {
  /** Longest name of a column; each row repeats it. */
  private static final int MAX_NAME = 60;

  private final String document;
  private final List<Block> blocks;
  private List<String> columns = List.of();
  private long characters;

  /**
   * @param document for messages
   * @param blocks what the rows are added to
   */
  Rows(String document, List<Block> blocks) {
    this.document = document;
    this.blocks = blocks;
  }

  /** Another table begins. */
  void begin() {
    columns = List.of();
  }

  void add(List<String> cells) {
    if (cells.stream().allMatch(String::isBlank)) {
      return;
    }
    if (columns.isEmpty()) {
      columns = cells.stream().map(Rows::columnName).toList();
      add(String.join(" | ", columns));
      return;
    }
    List<String> named = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String value = cells.get(i).strip();
      String column = i < columns.size() ? columns.get(i) : "";
      if (!value.isEmpty()) {
        named.add(column.isEmpty() ? value : column + ": " + value);
      }
    }
    add(String.join(" | ", named));
  }

  private static String columnName(String cell) {
    String name = cell.strip();
    return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
  }

  private void add(String text) {
    characters += text.length();
    if (characters > TextExtractor.MAX_TEXT) {
      throw Extractors.tooMuchText(document);
    }
    blocks.add(new Block(0, text, 0));
  }
}
