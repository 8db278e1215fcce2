package dev.yagura.finding.alert;

import dev.yagura.finding.Action;
import dev.yagura.finding.Facts;
import dev.yagura.finding.Finding;
import dev.yagura.finding.Language;
import dev.yagura.finding.Severity;
import dev.yagura.finding.catalogue.Bilingual;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.catalogue.Family;
import dev.yagura.finding.catalogue.Step;
import dev.yagura.finding.catalogue.TypeEntry;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the alert that always goes out: from the catalogue and the facts alone, without model,
 * network or clock. What a model says is put on top of it and never replaces it.
 */
public final class Floor {
  private static final int MAX_STEPS = 4;

  private final Catalogue catalogue;

  public Floor(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * @param reason why no model spoke, for the reader; empty when none was asked
   */
  public Alert write(Finding finding, Language language, ZoneId zone, String reason) {
    return write(finding, language, zone, reason, "", null);
  }

  /**
   * @param analysis a model's words; when blank this is the floor
   * @param judged the severity that the model gave, or null: it may raise the finding's, never
   *     lower it
   */
  public Alert write(
      Finding finding,
      Language language,
      ZoneId zone,
      String reason,
      String analysis,
      @Nullable Severity judged) {
    Facts facts = Facts.of(finding);
    Narrative narrative = Narrative.in(language, zone);
    TypeEntry entry = catalogue.entry(finding.type());
    Family family = catalogue.family(finding);
    Family.Check check = check(family, facts);
    CommandValues values = CommandValues.of(facts);
    Alert.Source source = analysis.isBlank() ? Alert.Source.FLOOR : Alert.Source.MODEL;
    Severity severity = judged == null ? finding.band() : finding.band().atLeast(judged);
    return new Alert(
        facts,
        language,
        severity,
        headline(narrative, facts, severity, catalogue.headline(finding).in(language)),
        narrative.happened(facts),
        family.why().in(language),
        family.harmless().in(language),
        steps(narrative, facts, family, values, language),
        check.text().in(language),
        values.fill(check.query()),
        narrative.about(facts),
        narrative.sources(entry.known(), source, reason),
        links(narrative, facts),
        source,
        analysis.strip());
  }

  private static List<Span> headline(
      Narrative narrative, Facts facts, Severity severity, String sentence) {
    var line = new Line();
    line.strong(narrative.firstLine(severity, facts.finding().isSample(), sentence));
    if (!facts.resource().shown().isEmpty()) {
      String brief = facts.resource().kind().brief();
      line.text(" — " + (brief.isEmpty() ? "" : brief + " "));
      if (!facts.resource().name().isEmpty()) {
        line.name(facts.resource().name()).text(" ");
      }
      line.name(facts.resource().shown());
    }
    return line.spans();
  }

  private List<Alert.AlertStep> steps(
      Narrative narrative, Facts facts, Family family, CommandValues values, Language language) {
    String principal = facts.principal() == null ? "" : facts.principal().kind();
    List<Alert.AlertStep> steps = new ArrayList<>();
    for (Step step : catalogue.steps(family, facts.computeKind(), principal)) {
      if (steps.size() < MAX_STEPS) {
        steps.add(
            new Alert.AlertStep(
                values.fill(
                    narrative.step(
                        step.text().in(language),
                        in(step.undo(), language),
                        in(step.lasting(), language),
                        in(step.note(), language))),
                step.commands().stream().map(values::fill).toList()));
      }
    }
    return steps;
  }

  private static Family.Check check(Family family, Facts facts) {
    Family.Check connection = family.connection();
    return connection != null && facts.action() instanceof Action.NetworkConnection
        ? connection
        : family.check();
  }

  private static String in(@Nullable Bilingual text, Language language) {
    return text == null ? "" : text.in(language);
  }

  private static List<Span.Link> links(Narrative narrative, Facts facts) {
    return facts.consoleLink().isEmpty()
        ? List.of()
        : List.of(new Span.Link(narrative.headings().openFinding(), facts.consoleLink()));
  }
}
