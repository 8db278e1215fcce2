package dev.yagura.knowledge.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a text at a separator, and what is still too long at the first mark that it holds: a blank
 * line, a full stop, a blank, any character (dify-contract §5.3).
 */
public final class Splitter {
  private static final List<String> MARKS = List.of("\n\n", "。", ". ", " ", "");

  private final Cut cut;

  public Splitter(Cut cut) {
    this.cut = cut;
  }

  /** The pieces in order, none of them blank. */
  public List<String> split(String text) {
    List<String> pieces = new ArrayList<>();
    for (String part : parts(text)) {
      if (part.length() <= cut.maxLength()) {
        pieces.add(part);
      } else {
        merge(small(part, 0), pieces);
      }
    }
    return pieces.stream().map(Splitter::tidy).filter(piece -> !piece.isBlank()).toList();
  }

  private List<String> parts(String text) {
    return cut.separator().isEmpty()
        ? List.of(text)
        : List.of(text.split(Pattern.quote(cut.separator()), -1));
  }

  /** Parts that fit, each with the mark at its end. */
  private List<String> small(String text, int mark) {
    String at = MARKS.get(mark);
    if (at.isEmpty()) {
      return characters(text);
    }
    if (!text.contains(at)) {
      return small(text, mark + 1);
    }
    List<String> small = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int found = text.indexOf(at, from);
      int end = found < 0 ? text.length() : found + at.length();
      String part = text.substring(from, end);
      if (part.length() <= cut.maxLength()) {
        small.add(part);
      } else {
        small.addAll(small(part, mark + 1));
      }
      from = end;
    }
    return small;
  }

  private List<String> characters(String text) {
    List<String> all = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int end = Math.min(text.length(), from + cut.maxLength());
      if (end < text.length() && end > from + 1 && Character.isLowSurrogate(text.charAt(end))) {
        end--;
      }
      all.add(text.substring(from, end));
      from = end;
    }
    return all;
  }

  /** Puts parts together up to the limit; a new piece repeats the end of the one before. */
  private void merge(List<String> parts, List<String> pieces) {
    List<String> current = new ArrayList<>();
    int length = 0;
    for (String part : parts) {
      if (length + part.length() > cut.maxLength() && !current.isEmpty()) {
        pieces.add(String.join("", current));
        while (!current.isEmpty()
            && (length > cut.overlap() || length + part.length() > cut.maxLength())) {
          length -= current.removeFirst().length();
        }
      }
      current.add(part);
      length += part.length();
    }
    pieces.add(String.join("", current));
  }

  /** Without the mark of the sentence before, which belongs to it. */
  private static String tidy(String piece) {
    String text = piece.strip();
    return text.startsWith("[") ? text : text.replaceFirst("^[。.,、;:!?！？]+\\s*", "");
  }
}
