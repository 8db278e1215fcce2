package dev.yagura.finding.alert;

/** Breaks text into lines of a width, counting wide characters (Japanese) as two columns. */
public final class Wrap {
  private Wrap() {}

  /**
   * @param indent what every line but the first begins with
   */
  public static String text(String text, int width, String indent) {
    var out = new StringBuilder();
    int column = 0;
    int lastBreak = -1;
    int sinceBreak = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      int wide = columns(point);
      if (column + wide > width && column > indent.length()) {
        if (lastBreak >= 0) {
          out.replace(lastBreak, lastBreak + (out.charAt(lastBreak) == ' ' ? 1 : 0), "\n" + indent);
          column = indent.length() + sinceBreak;
        } else {
          out.append('\n').append(indent);
          column = indent.length();
        }
        lastBreak = -1;
      }
      if (point == ' ') {
        lastBreak = out.length();
        sinceBreak = 0;
      } else if (wide == 2 && !mayNotBegin(point)) {
        lastBreak = out.length();
        sinceBreak = wide;
      } else {
        sinceBreak += wide;
      }
      out.appendCodePoint(point);
      column += wide;
    }
    return out.toString();
  }

  private static boolean mayNotBegin(int point) {
    return "、。，．）」』】！？：；ー…".indexOf(point) >= 0;
  }

  static int columns(int point) {
    boolean wide =
        (point >= 0x1100 && point <= 0x115f)
            || (point >= 0x2e80 && point <= 0xa4cf)
            || (point >= 0xac00 && point <= 0xd7a3)
            || (point >= 0xf900 && point <= 0xfaff)
            || (point >= 0xfe30 && point <= 0xfe6f)
            || (point >= 0xff00 && point <= 0xff60)
            || (point >= 0x1f300 && point <= 0x1faff);
    return wide ? 2 : 1;
  }
}
