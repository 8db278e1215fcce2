package dev.yagura.knowledge.text;

/**
 * A heading or a paragraph, list item, table or code block of a document.
 *
 * @param level of a heading, from 1; 0 for anything else
 * @param page counted from 1; 0 where the format has none
 */
public record Block(int level, String text, int page) {
  public boolean isHeading() {
    return level > 0;
  }
}
