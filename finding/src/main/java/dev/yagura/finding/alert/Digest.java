package dev.yagura.finding.alert;

import dev.yagura.finding.Facts;
import dev.yagura.finding.Language;
import dev.yagura.finding.Severity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several findings in one message: alerts in short, because too many came at once, and findings
 * that were seen again.
 *
 * @param alerts the most severe first
 * @param repeats of alerts that went out before
 */
public record Digest(Language language, ZoneId zone, List<Line> alerts, List<Repeat> repeats) {
  public Digest {
    alerts = List.copyOf(alerts);
    repeats = List.copyOf(repeats);
  }

  /**
   * A finding in one line. Type, account, Region, resource and id are words of the finding: marked
   * as such wherever they are shown.
   *
   * @param headline our own words: severity, whether it is a sample, what it means
   * @param resource what it is about; empty when unknown
   * @param finding GuardDuty's id; empty where there is none
   * @param count how often GuardDuty has seen it, at least 1
   * @param link to the finding in the AWS console; empty when unknown
   */
  public record Line(
      String type,
      Severity severity,
      String headline,
      String resource,
      String account,
      String region,
      String finding,
      @Nullable Instant lastSeen,
      long count,
      String link) {

    /** What an alert says, in short. */
    public static Line of(Alert alert) {
      Facts facts = alert.facts();
      return new Line(
          facts.finding().type().name(),
          alert.severity(),
          alert.headline().isEmpty() ? "" : alert.headline().getFirst().text(),
          facts.resource().shown(),
          facts.finding().account(),
          facts.finding().region(),
          facts.finding().id(),
          facts.lastSeen(),
          facts.count(),
          facts.consoleLink());
    }
  }

  /**
   * What an alert went out for has been seen again.
   *
   * @param latest of those that this message tells of
   * @param times how many updates and findings this message tells of
   * @param findings GuardDuty's ids of them, each once
   */
  public record Repeat(Line latest, int times, List<String> findings) {
    public Repeat {
      findings = List.copyOf(findings);
    }
  }

  /** How many findings and updates it tells of. */
  public int size() {
    return alerts.size() + repeats.stream().mapToInt(Repeat::times).sum();
  }

  /** The severest of its lines. */
  public Severity severity() {
    Severity most = Severity.UNKNOWN;
    for (Line line : alerts) {
      most = most.atLeast(line.severity());
    }
    for (Repeat repeat : repeats) {
      most = most.atLeast(repeat.latest().severity());
    }
    return most;
  }
}
