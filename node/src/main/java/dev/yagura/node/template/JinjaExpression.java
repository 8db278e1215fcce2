package dev.yagura.node.template;

import dev.yagura.base.Failure;
import java.util.List;

/** The text of one expression, walked outside its quotes. */
final class JinjaExpression {
  private static final int MAX_LENGTH = 10_000;

  /** The engine's parser needs seconds for thousands of brackets inside each other. */
  private static final int MAX_DEPTH = 100;

  private JinjaExpression() {}

  /**
   * The expression for the engine, which reads {@code i+1} as two values (it wants a blank after
   * the plus), takes unknown filters for nothing and binds {@code not} tighter than Python.
   */
  static String prepare(String expression) {
    if (expression.length() > MAX_LENGTH) {
      throw Failure.limit("", "an expression is longer than " + MAX_LENGTH + " characters")
          .asException();
    }
    int depth = 0;
    var out = new StringBuilder(expression.length() + 8);
    var negations = new Negations(out);
    int at = 0;
    while (at < expression.length()) {
      char c = expression.charAt(at);
      int end = c == '\'' || c == '"' ? afterQuote(expression, at) : afterWord(expression, at);
      refuseInternals(expression, at);
      depth += step(c);
      negations.before(expression.substring(at, end), depth);
      out.append(expression, at, end);
      negations.after(expression.substring(at, end), expression, end, depth);
      if (depth > MAX_DEPTH) {
        throw Failure.limit("", "an expression is nested too deep (expected: at most 100 brackets)")
            .asException();
      }
      if (c == '+') {
        out.append(' ');
      } else if (c == '|') {
        requireFilter(expression, end);
      }
      at = end;
    }
    negations.end();
    return out.toString();
  }

  /** Where the word stands between blanks, outside quotes and brackets; −1 where it does not. */
  static int find(String expression, String word) {
    int depth = 0;
    int at = 0;
    while (at < expression.length()) {
      char c = expression.charAt(at);
      depth += step(c);
      if (depth == 0 && expression.startsWith(" " + word + " ", at)) {
        return at;
      }
      at = c == '\'' || c == '"' ? afterQuote(expression, at) : at + 1;
    }
    return -1;
  }

  /** The engine's own words, by which an expression could get at its objects. */
  private static void refuseInternals(String expression, int at) {
    for (String word : List.of("____", "filter:", "exptest:", ":filter", ":exptest")) {
      if (expression.startsWith(word, at)) {
        throw Failure.user("", word + " is no expression of Jinja2").asException();
      }
    }
  }

  private static int step(char c) {
    return "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
  }

  private static int afterWord(String expression, int start) {
    int at = start;
    while (at < expression.length() && Character.isJavaIdentifierPart(expression.charAt(at))) {
      at++;
    }
    return Math.max(at, start + 1);
  }

  private static int afterQuote(String expression, int start) {
    char quote = expression.charAt(start);
    int at = start + 1;
    while (at < expression.length() && expression.charAt(at) != quote) {
      at += expression.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, expression.length());
  }

  private static void requireFilter(String expression, int start) {
    int from = start;
    while (from < expression.length() && expression.charAt(from) == ' ') {
      from++;
    }
    String name = expression.substring(from, afterWord(expression + " ", from)).strip();
    if (!JinjaLanguage.FILTERS.contains(name)) {
      throw Failure.user("", "No filter named '" + name + "'.").asException();
    }
  }
}
