package dev.yagura.knowledge.text;

import java.util.regex.Pattern;

/** What is removed from a text before it is cut (dify-contract §5.3). */
public final class TextCleaner {
  private static final Pattern CONTROL =
      Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufffe]");
  private static final Pattern MANY_LINES = Pattern.compile("\\n{3,}");
  private static final Pattern MANY_BLANKS =
      Pattern.compile("[\\t\\f\\r \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]{2,}");
  private static final Pattern MAIL =
      Pattern.compile("[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}\\.[A-Za-z0-9.-]{1,190}");

  /** An address that is not the target of a Markdown link or image. */
  private static final Pattern URL = Pattern.compile("(?<!\\]\\()https?://[^\\s)]+");

  private TextCleaner() {}

  public static String clean(String text, boolean extraSpaces, boolean urlsAndMail) {
    String clean = CONTROL.matcher(text.replace("<|", "<").replace("|>", ">")).replaceAll("");
    if (extraSpaces) {
      clean = MANY_BLANKS.matcher(MANY_LINES.matcher(clean).replaceAll("\n\n")).replaceAll(" ");
    }
    if (urlsAndMail) {
      clean = URL.matcher(MAIL.matcher(clean).replaceAll("")).replaceAll("");
    }
    return clean;
  }
}
