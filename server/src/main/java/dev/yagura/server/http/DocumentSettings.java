package dev.yagura.server.http;

import dev.yagura.base.Failure;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.DocumentForm;
import dev.yagura.knowledge.ProcessRule;
import dev.yagura.knowledge.Search;
import dev.yagura.knowledge.text.Cut;
import dev.yagura.knowledge.text.Extractors;

/** How a document is worked on, as the query of a request says. */
final class DocumentSettings {
  private static final int SHORTEST = 50;

  private DocumentSettings() {}

  static Document.Settings of(Call call, String name) {
    DocumentForm form =
        switch (call.query("form", "text")) {
          case "text" -> DocumentForm.TEXT;
          case "qa" -> DocumentForm.QUESTIONS;
          case "parent-child" -> DocumentForm.PARENT_CHILD;
          default -> throw invalid("form", call.query("form", ""), "text, qa or parent-child");
        };
    String separator = call.query("separator", "");
    String length = call.query("max_length", "");
    ProcessRule rule =
        separator.isEmpty() && length.isEmpty() ? ProcessRule.AUTOMATIC : custom(call);
    return Document.Settings.of(Extractors.kind(name), form, call.query("language", ""), rule)
        .spending(amount(call.query("budget", "0")));
  }

  private static ProcessRule custom(Call call) {
    int length =
        number(call, "max_length", Cut.PARENT.maxLength(), SHORTEST, ProcessRule.MAX_LENGTH);
    int overlap = number(call, "overlap", Math.min(50, length / 2), 0, length / 2);
    var cut = new Cut(escaped(call.query("separator", "\\n\\n")), length, overlap);
    return new ProcessRule(ProcessRule.Mode.CUSTOM, true, false, cut, false, Cut.CHILD);
  }

  /** Escapes as people type them. */
  static String escaped(String separator) {
    return separator.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
  }

  private static int number(Call call, String name, int missing, int least, int most) {
    String given = call.query(name, String.valueOf(missing));
    if (!given.matches("\\d{1,6}")
        || Integer.parseInt(given) < least
        || Integer.parseInt(given) > most) {
      throw invalid(name, given, "a number from " + least + " to " + most);
    }
    return Integer.parseInt(given);
  }

  static double amount(String given) {
    if (!given.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      throw invalid("budget", given, "US dollars, 0 for no limit");
    }
    return Double.parseDouble(given);
  }

  static Search.Mode mode(Call call) {
    return switch (call.query("mode", "hybrid")) {
      case "hybrid" -> Search.Mode.HYBRID;
      case "full_text" -> Search.Mode.FULL_TEXT;
      case "semantic" -> Search.Mode.SEMANTIC;
      default -> throw invalid("mode", call.query("mode", ""), "full_text, semantic or hybrid");
    };
  }

  static RuntimeException invalid(String name, String given, String expected) {
    return Failure.user("invalid_param", name + ": '" + given + "' (expected: " + expected + ")")
        .asException();
  }
}
