package dev.yagura.knowledge.text;

/**
 * Where a text is cut. Lengths are in characters.
 *
 * @param separator where the text is cut first
 * @param maxLength longest piece, at most 4,000
 * @param overlap characters that a piece repeats of the one before, at most half of a piece
 */
public record Cut(String separator, int maxLength, int overlap) {
  public static final Cut PARENT = new Cut("\n\n", 1_024, 50);
  public static final Cut CHILD = new Cut("\n", 512, 0);
  private static final int LONGEST = 4_000;

  public Cut {
    maxLength = Math.clamp(maxLength, 1, LONGEST);
    overlap = Math.clamp(overlap, 0, maxLength / 2);
  }
}
