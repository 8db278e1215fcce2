package dev.yagura.knowledge.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a document by its structure: a heading opens a segment and its path is kept; what is longer
 * than the limit is cut between paragraphs, then between sentences.
 */
public final class Segmenter {
  /** Longest segment, in characters. */
  public static final int MAX = 1_500;

  private static final int SHORT = 80;

  private final List<Piece> pieces = new ArrayList<>();
  private final List<String> headings = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int page;

  private Segmenter() {}

  public static List<Piece> segment(List<Block> blocks) {
    var segmenter = new Segmenter();
    blocks.forEach(segmenter::add);
    segmenter.close();
    return segmenter.pieces;
  }

  private void add(Block block) {
    if (block.isHeading()) {
      close();
      while (headings.size() >= block.level()) {
        headings.removeLast();
      }
      headings.add(block.text());
      page = block.page();
      return;
    }
    for (String part : parts(block.text())) {
      if (!text.isEmpty() && text.length() + part.length() > MAX) {
        close();
      }
      if (text.isEmpty()) {
        page = block.page();
      } else {
        text.append('\n');
      }
      text.append(part);
    }
  }

  /** A text in parts that fit, cut after a sentence where there is one. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (text.length() - from > MAX) {
      int end = from + MAX;
      int cut = -1;
      for (String mark : List.of("\n", "。", ". ", " ")) {
        // Only what this part may hold is looked at: the text may have no such mark at all.
        int at = text.substring(from + MAX / 2, end).lastIndexOf(mark) + from + MAX / 2;
        if (cut < 0 && at > from + MAX / 2) {
          cut = at + mark.length();
        }
      }
      int to = cut < 0 ? wholeCharacter(text, end) : cut;
      parts.add(text.substring(from, to).strip());
      from = to;
    }
    parts.add(text.substring(from).strip());
    parts.removeIf(String::isBlank);
    return parts;
  }

  private static int wholeCharacter(String text, int at) {
    return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }

  private void close() {
    String body = text.toString().strip();
    text.setLength(0);
    if (body.isEmpty()) {
      return;
    }
    String heading = String.join(" > ", headings);
    Piece last = pieces.isEmpty() ? null : pieces.getLast();
    if (last != null
        && body.length() < SHORT
        && last.heading().equals(heading)
        && last.text().length() + body.length() < MAX) {
      pieces.set(pieces.size() - 1, new Piece(heading, last.text() + "\n" + body, last.page()));
      return;
    }
    pieces.add(new Piece(heading, body, page));
  }
}
