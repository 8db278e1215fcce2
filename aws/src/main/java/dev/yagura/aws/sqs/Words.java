package dev.yagura.aws.sqs;

import java.util.regex.Pattern;

/** Texts for logs and attributes of messages, whoever wrote them. */
final class Words {
  /** Longest text of a log line or a status. */
  static final int LINE = 400;

  private static final Pattern HARMFUL =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]+");

  private Words() {}

  /** On one line, without what cannot be seen, cut to a number of characters (code points). */
  static String clean(String text, int longest) {
    String plain = HARMFUL.matcher(text).replaceAll(" ").strip();
    if (plain.codePointCount(0, plain.length()) <= longest) {
      return plain;
    }
    return plain.substring(0, plain.offsetByCodePoints(0, longest - 1)) + "…";
  }
}
