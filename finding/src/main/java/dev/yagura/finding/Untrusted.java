package dev.yagura.finding;

import java.util.regex.Pattern;

/**
 * Makes text harmless that somebody else, perhaps an attacker, has written (guardduty.md §6): no
 * control characters, no invisible or direction-changing ones, bounded length, and nothing that a
 * chat program would turn into a link.
 */
public final class Untrusted {
  /** Longest name shown. */
  public static final int NAME = 120;

  /** Longest free text shown. */
  public static final int TEXT = 300;

  private static final Pattern SCHEME = Pattern.compile("(?i)\\b(h)tt(ps?://)");
  private static final Pattern DOMAIN =
      Pattern.compile("(?i)(?<=[\\p{L}\\p{N}_-])\\.(?=[\\p{L}\\p{N}-]*\\p{L})");

  private Untrusted() {}

  /** Clean and cut to a number of characters (code points). */
  public static String clean(String text, int longest) {
    var out = new StringBuilder();
    int length = 0;
    boolean blank = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      if (isBlank(point)) {
        blank = !out.isEmpty();
        continue;
      }
      if (isInvisible(point)) {
        continue;
      }
      if (length + (blank ? 2 : 1) > longest) {
        return out.append('…').toString();
      }
      if (blank) {
        out.append(' ');
        length++;
        blank = false;
      }
      out.appendCodePoint(point);
      length++;
    }
    return out.toString();
  }

  private static boolean isBlank(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || Character.getType(point) == Character.CONTROL;
  }

  private static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0000 && point <= 0xE0FFF);
    };
  }

  /** Clean, cut, and with every domain and URL broken: {@code evil[.]example}, {@code hxxps://}. */
  public static String defang(String text, int longest) {
    String clean = clean(text, longest);
    String noScheme = SCHEME.matcher(clean).replaceAll("$1xx$2");
    return DOMAIN.matcher(noScheme).replaceAll("[.]");
  }
}
