package dev.yagura.node.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Puts what {@code not} negates into brackets, as Python's grammar does: comparisons, {@code in}
 * and {@code is} first, {@code and} and {@code or} after it.
 */
final class Negations {
  private static final Set<String> ENDS = Set.of("and", "or", "if", "else", ",", ":");

  private final StringBuilder out;
  private final Deque<Integer> open = new ArrayDeque<>();
  private String before = "";

  Negations(StringBuilder out) {
    this.out = out;
  }

  /** Closes what the word ends. The depth counts a closing bracket as closed. */
  void before(String word, int depth) {
    while (!open.isEmpty()
        && (open.peek() > depth || open.peek() == depth && ENDS.contains(word))) {
      out.append(") ");
      open.pop();
    }
  }

  /** Opens after {@code not}, apart from {@code is not} and {@code not in}. */
  void after(String word, String expression, int end, int depth) {
    if (word.equals("not") && !before.equals("is") && !followedByIn(expression, end)) {
      out.append(" (");
      open.push(depth);
    }
    before = word.isBlank() ? before : word;
  }

  private static boolean followedByIn(String expression, int end) {
    int at = end;
    while (at < expression.length() && expression.charAt(at) <= ' ') {
      at++;
    }
    return expression.startsWith("in", at)
        && (at + 2 == expression.length()
            || !Character.isJavaIdentifierPart(expression.charAt(at + 2)));
  }

  void end() {
    while (!open.isEmpty()) {
      out.append(')');
      open.pop();
    }
  }
}
