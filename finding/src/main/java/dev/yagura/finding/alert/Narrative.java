package dev.yagura.finding.alert;

import dev.yagura.finding.Facts;
import dev.yagura.finding.Language;
import dev.yagura.finding.Severity;
import java.time.ZoneId;
import java.util.List;

/** Tells facts in sentences of one language. */
interface Narrative {
  static Narrative in(Language language, ZoneId zone) {
    return language == Language.JA ? new JapaneseNarrative(zone) : new EnglishNarrative(zone);
  }

  /** What happened, in short sentences. What the finding does not say is said to be unknown. */
  List<Span> happened(Facts facts);

  /** The name of a severity band. */
  String severity(Severity band);

  /** The first line up to the resource. */
  String firstLine(Severity band, boolean sample, String sentence);

  /** Type, severity, tactic and id in one line. */
  List<Span> about(Facts facts);

  /** Where the statements come from. */
  List<Span> sources(boolean knownType, Alert.Source source, String reason);

  /** A step with how to undo it, what is lost for good and what else to know. */
  String step(String text, String undo, String lasting, String note);

  /**
   * The headings, in order: what happened, why, harmless, do now, how to check, model's analysis,
   * sources.
   */
  Headings headings();

  /** Headings of an alert's parts. */
  record Headings(
      String happened,
      String why,
      String harmless,
      String steps,
      String check,
      String analysis,
      String openFinding) {}
}
