package dev.yagura.finding.alert;

import dev.yagura.finding.Facts;
import dev.yagura.finding.Language;
import dev.yagura.finding.Severity;
import java.util.List;

/**
 * An explained finding, ready to be read (the rules are in alert-example.md).
 *
 * @param facts everything that was computed
 * @param severity the finding's, or a higher one that a model gave
 * @param headline the first line: enough to decide whether to get up
 * @param happened facts in sentences
 * @param why it matters
 * @param harmless the usual innocent causes
 * @param steps what to do, in order; at most four
 * @param check where to look to confirm or clear it
 * @param query what to ask there
 * @param about type, severity, tactic, id
 * @param sources where each statement comes from
 * @param links built by us
 * @param source whether a model's words are part of it
 * @param analysis the model's words; empty on the floor
 */
public record Alert(
    Facts facts,
    Language language,
    Severity severity,
    List<Span> headline,
    List<Span> happened,
    String why,
    String harmless,
    List<AlertStep> steps,
    String check,
    String query,
    List<Span> about,
    List<Span> sources,
    List<Span.Link> links,
    Source source,
    String analysis) {

  /** Where the words come from. */
  public enum Source {
    MODEL,
    FLOOR
  }

  /**
   * @param text what to do, with how to undo it or what is final
   * @param commands ready to be run
   */
  public record AlertStep(String text, List<String> commands) {}
}
