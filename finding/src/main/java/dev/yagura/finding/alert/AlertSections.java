package dev.yagura.finding.alert;

import dev.yagura.finding.Untrusted;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * An alert in parts, for channels that have a markup of their own. Words of the finding are {@link
 * Span.Code} with every domain and URL broken: mail programs and Teams make links of what looks
 * like one.
 */
public final class AlertSections {
  private static final int ANALYSIS = 2_400;

  private AlertSections() {}

  /**
   * @param heading may be empty
   */
  public record Section(String heading, List<Paragraph> paragraphs) {
    public Section {
      paragraphs = List.copyOf(paragraphs);
    }
  }

  /**
   * @param verbatim whether it is a command or a query
   */
  public record Paragraph(List<Span> spans, boolean verbatim) {
    public Paragraph {
      spans = spans.stream().map(AlertSections::broken).toList();
    }
  }

  /** The first line. */
  public static List<Span> headline(Alert alert) {
    return alert.headline().stream().map(AlertSections::broken).toList();
  }

  /** Everything below the first line; what the finding is stands last. */
  public static List<Section> of(Alert alert) {
    Narrative.Headings words = Narrative.in(alert.language(), ZoneId.of("UTC")).headings();
    List<Section> all = new ArrayList<>();
    all.add(new Section(words.happened(), List.of(new Paragraph(alert.happened(), false))));
    all.add(new Section(words.steps(), steps(alert.steps())));
    if (!alert.analysis().isEmpty()) {
      String plain = ModelText.plain(Untrusted.defang(alert.analysis(), ANALYSIS));
      all.add(new Section(words.analysis(), List.of(text(plain))));
    }
    all.add(new Section(words.why(), List.of(text(alert.why()))));
    all.add(new Section(words.harmless(), List.of(text(alert.harmless()))));
    all.add(new Section(words.check(), List.of(text(alert.check()), verbatim(alert.query()))));
    all.add(
        new Section(
            "",
            List.of(new Paragraph(alert.about(), false), new Paragraph(alert.sources(), false))));
    return all;
  }

  private static List<Paragraph> steps(List<Alert.AlertStep> steps) {
    List<Paragraph> all = new ArrayList<>();
    int number = 1;
    for (Alert.AlertStep step : steps) {
      all.add(text(number++ + ". " + step.text()));
      step.commands().forEach(command -> all.add(verbatim(command)));
    }
    return all;
  }

  private static Paragraph text(String text) {
    return new Paragraph(List.of(new Span.Plain(text)), false);
  }

  private static Paragraph verbatim(String text) {
    return new Paragraph(List.of(new Span.Plain(text)), true);
  }

  private static Span broken(Span span) {
    return span instanceof Span.Code(String text) ? Span.hostile(text) : span;
  }
}
