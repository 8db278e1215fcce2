package dev.yagura.graph.value;

/** Python's quoting of texts inside lists and objects. */
final class PyQuotes {
  private PyQuotes() {}

  /**
   * In single quotes, unless the text holds a single and no double quote; printable non-ASCII stays
   * as it is.
   */
  static void quote(String text, StringBuilder out) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    text.codePoints().forEach(point -> append(point, quote, out));
    out.append(quote);
  }

  private static void append(int point, char quote, StringBuilder out) {
    switch (point) {
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (point == quote) {
          out.append('\\').append(quote);
        } else if (isPrintable(point)) {
          out.appendCodePoint(point);
        } else {
          out.append(escape(point));
        }
      }
    }
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }

  private static String escape(int point) {
    if (point < 0x100) {
      return String.format("\\x%02x", point);
    }
    return point < 0x10000 ? String.format("\\u%04x", point) : String.format("\\U%08x", point);
  }
}
