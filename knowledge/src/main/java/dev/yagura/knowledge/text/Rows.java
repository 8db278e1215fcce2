package dev.yagura.knowledge.text;

import java.util.ArrayList;
import java.util.List;

/** Rows of a table; the first one with something in it names the columns. */
final class Rows {
  private final List<Block> blocks = new ArrayList<>();
  private List<String> columns = List.of();

  void add(List<String> cells) {
    if (cells.stream().allMatch(String::isBlank)) {
      return;
    }
    if (columns.isEmpty()) {
      columns = cells.stream().map(String::strip).toList();
      blocks.add(new Block(0, String.join(" | ", columns), 0));
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
    blocks.add(new Block(0, String.join(" | ", named), 0));
  }

  List<Block> blocks() {
    return blocks;
  }
}
