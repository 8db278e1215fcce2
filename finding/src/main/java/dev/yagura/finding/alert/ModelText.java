package dev.yagura.finding.alert;

import java.util.regex.Pattern;

/** A model's words without the marks of Markdown, which would stand in an alert as they are. */
final class ModelText {
  private static final Pattern HEADING = Pattern.compile("(?m)^ {0,3}#{1,6} ");
  private static final Pattern ITEM = Pattern.compile("(?m)^( {0,8})[*+-] ");

  private ModelText() {}

  static String plain(String text) {
    String flat = HEADING.matcher(text).replaceAll("");
    return ITEM.matcher(flat).replaceAll("$1• ").replace("**", "").replace("__", "");
  }
}
