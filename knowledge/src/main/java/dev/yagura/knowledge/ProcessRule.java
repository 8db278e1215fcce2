package dev.yagura.knowledge;

import dev.yagura.knowledge.text.Cut;

/**
 * How a document becomes segments (dify-contract §5.2). Lengths are in characters.
 *
 * @param wholeParent parent–child: the whole document is the parent
 */
public record ProcessRule(
    Mode mode,
    boolean removeExtraSpaces,
    boolean removeUrlsEmails,
    Cut cut,
    boolean wholeParent,
    Cut childCut) {
  public static final int MIN_LENGTH = 50;
  public static final int MAX_LENGTH = 4_000;

  /** By the document's own structure. */
  public static final ProcessRule AUTOMATIC =
      new ProcessRule(Mode.AUTOMATIC, true, false, Cut.PARENT, false, Cut.CHILD);

  /** Who says where segments begin. */
  public enum Mode {
    AUTOMATIC,
    CUSTOM
  }
}
