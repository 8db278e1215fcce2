package dev.yagura.node.llm;

import dev.yagura.model.ChatAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a model says and what it thinks aloud, told apart. */
record Thoughts(String text, String reasoning) {
  private static final String OPEN = "<think>";
  private static final String CLOSE = "</think>";

  static Thoughts of(ChatAnswer answer, boolean separated) {
    if (!separated) {
      return new Thoughts(answer.text(), answer.reasoning());
    }
    List<String> thoughts = new ArrayList<>();
    if (!answer.reasoning().isBlank()) {
      thoughts.add(answer.reasoning().strip());
    }
    String text = cut(answer.text(), thoughts).replaceAll("\\n\\s*\\n+", "\n\n").strip();
    return new Thoughts(text, String.join("\n", thoughts));
  }

  /** One pass over the text: a model may open as many thoughts as it likes and close none. */
  private static String cut(String text, List<String> thoughts) {
    String marks = text.toLowerCase(Locale.ROOT);
    if (marks.length() != text.length()) {
      return text;
    }
    var rest = new StringBuilder();
    int from = 0;
    int open = marks.indexOf(OPEN);
    int close = open < 0 ? -1 : marks.indexOf(CLOSE, open);
    while (open >= 0 && close >= 0) {
      rest.append(text, from, open);
      thoughts.add(text.substring(open + OPEN.length(), close).strip());
      from = close + CLOSE.length();
      open = marks.indexOf(OPEN, from);
      close = open < 0 ? -1 : marks.indexOf(CLOSE, open);
    }
    return rest.append(text, from, text.length()).toString();
  }
}
