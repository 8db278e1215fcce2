package dev.yagura.finding.alert;

import dev.yagura.finding.Severity;
import dev.yagura.finding.Untrusted;
import java.time.ZoneId;
import java.util.List;

/** An alert for a terminal: wrapped to a width, in colour where the caller says so. */
public final class AlertText {
  private final int width;
  private final boolean colour;

  /**
   * @param width in columns; texts are wrapped to it, commands are not
   * @param colour whether to use ANSI colours
   */
  public AlertText(int width, boolean colour) {
    this.width = Math.clamp(width, 40, 120);
    this.colour = colour;
  }

  public String write(Alert alert) {
    Narrative.Headings words = Narrative.in(alert.language(), ZoneId.of("UTC")).headings();
    var out = new StringBuilder();
    out.append(paint(marker(alert.severity()) + " " + text(alert.headline()), "1"));
    out.append("\n\n");
    section(out, words.happened(), text(alert.happened()));
    section(out, words.why(), alert.why());
    inline(out, words.harmless(), alert.harmless());
    if (!alert.analysis().isEmpty()) {
      section(out, words.analysis(), ModelText.plain(Untrusted.defang(alert.analysis(), 4000)));
    }
    steps(out, words.steps(), alert.steps());
    out.append(dim("─".repeat(Math.min(width, 60)))).append('\n');
    inline(out, words.check(), alert.check());
    out.append("  ").append(code(alert.query())).append("\n\n");
    out.append(dim(Wrap.text(text(alert.about()), width, ""))).append('\n');
    out.append(dim(Wrap.text(text(alert.sources()), width, ""))).append('\n');
    alert.links().forEach(link -> out.append(dim(link.text() + ": " + link.url())).append('\n'));
    return out.toString();
  }

  private void steps(StringBuilder out, String heading, List<Alert.AlertStep> steps) {
    out.append(paint(heading, "1;36")).append('\n');
    int number = 1;
    for (Alert.AlertStep step : steps) {
      out.append(Wrap.text(number + ". " + step.text(), width - 2, "   ")).append('\n');
      step.commands().forEach(command -> out.append("   ").append(code(command)).append('\n'));
      number++;
    }
    out.append('\n');
  }

  private void section(StringBuilder out, String heading, String text) {
    out.append(paint(heading, "1;36")).append('\n');
    out.append(Wrap.text(text, width, "")).append("\n\n");
  }

  private void inline(StringBuilder out, String heading, String text) {
    String wrapped = Wrap.text(heading + " " + text, width, "");
    out.append(paint(heading, "1;36")).append(wrapped.substring(heading.length())).append("\n\n");
  }

  /** Words of the finding stand between backticks, as they do in Slack. */
  private static String text(List<Span> spans) {
    var out = new StringBuilder();
    for (Span span : spans) {
      out.append(
          span instanceof Span.Code(String code)
              ? "`" + code.replace('`', '’') + "`"
              : span.text());
    }
    return out.toString();
  }

  private static String marker(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "🔴";
      case MEDIUM -> "🟠";
      case LOW -> "🟡";
      case UNKNOWN -> "⚪";
    };
  }

  private String code(String text) {
    return paint(text, "33");
  }

  private String dim(String text) {
    return paint(text, "2");
  }

  private String paint(String text, String style) {
    return colour ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
  }
}
