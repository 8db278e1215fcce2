package dev.yagura.run;

/**
 * What a run came to, for lists.
 *
 * @param steps how many nodes were started
 * @param tokens of all models
 * @param exceptions failures that were handled
 * @param error why it failed, or empty
 */
public record RunTotals(int steps, long tokens, int exceptions, String error) {
  public static final RunTotals NONE = new RunTotals(0, 0, 0, "");
}
