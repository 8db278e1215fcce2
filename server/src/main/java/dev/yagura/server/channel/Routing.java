package dev.yagura.server.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.connect.rule.EventPattern;
import dev.yagura.finding.Severity;
import dev.yagura.finding.alert.Alert;
import dev.yagura.server.run.FindingInputs;
import java.util.Optional;

/**
 * Which alerts a channel takes.
 *
 * @param atLeast of the alert's severity, which a model may have raised
 * @param pattern over the finding as an EventBridge event; empty for all
 */
public record Routing(Severity atLeast, Optional<EventPattern> pattern) {
  /** Takes all alerts. */
  public static final Routing ALL = new Routing(Severity.UNKNOWN, Optional.empty());

  /**
   * Of {@code severity} and {@code pattern}, each of which may be empty; a FlowException says what
   * is wrong.
   */
  public static Routing of(String severity, String pattern) {
    Severity least = severity.isBlank() ? Severity.UNKNOWN : Severity.named(severity);
    if (least == null) {
      throw Failure.user(
              "invalid_param",
              "severity: '" + severity + "' (expected: low, medium, high or critical)")
          .asException();
    }
    return new Routing(
        least, pattern.isBlank() ? Optional.empty() : Optional.of(EventPattern.parse(pattern)));
  }

  /** Whether the channel takes the alert. */
  public boolean wants(Alert alert) {
    boolean severe = alert.severity().compareTo(atLeast) >= 0;
    return severe
        && pattern
            .map(one -> one.matches(FindingInputs.event(alert.facts().finding())))
            .orElse(true);
  }

  void write(ObjectNode json) {
    if (atLeast != Severity.UNKNOWN) {
      json.put("severity", atLeast.text());
    }
    pattern.ifPresent(one -> json.put("pattern", one.text()));
  }
}
