package dev.yagura.node.llm;

import dev.yagura.model.ChatAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a model says and what it thinks aloud, told apart. */
record Thoughts(String text, String reasoning) {
  private static final Pattern THINK =
      Pattern.compile("<think>(.*?)</think>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  static Thoughts of(ChatAnswer answer, boolean separated) {
    if (!separated) {
      return new Thoughts(answer.text(), answer.reasoning());
    }
    List<String> thoughts = new ArrayList<>();
    if (!answer.reasoning().isBlank()) {
      thoughts.add(answer.reasoning().strip());
    }
    var matcher = THINK.matcher(answer.text());
    while (matcher.find()) {
      thoughts.add(matcher.group(1).strip());
    }
    String text =
        THINK.matcher(answer.text()).replaceAll("").replaceAll("\\n\\s*\\n+", "\n\n").strip();
    return new Thoughts(text, String.join("\n", thoughts));
  }
}
