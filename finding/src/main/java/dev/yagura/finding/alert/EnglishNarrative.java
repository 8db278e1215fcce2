package dev.yagura.finding.alert;

import dev.yagura.finding.Facts;
import dev.yagura.finding.Finding;
import dev.yagura.finding.Resource;
import dev.yagura.finding.Severity;
import dev.yagura.finding.Tactic;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Facts in English sentences. */
final class EnglishNarrative implements Narrative {
  private final Clock24 clock;

  EnglishNarrative(ZoneId zone) {
    this.clock = new Clock24(zone);
  }

  @Override
  public Headings headings() {
    return new Headings(
        "What happened",
        "Why it matters",
        "Often harmless when",
        "Do now",
        "How to check",
        "Analysis by the model",
        "open in GuardDuty");
  }

  @Override
  public String severity(Severity band) {
    return switch (band) {
      case CRITICAL -> "Critical";
      case HIGH -> "High";
      case MEDIUM -> "Medium";
      case LOW -> "Low";
      case UNKNOWN -> "Severity unknown";
    };
  }

  @Override
  public String firstLine(Severity band, boolean sample, String sentence) {
    return (sample ? "[SAMPLE] " : "") + severity(band) + " · " + sentence;
  }

  @Override
  public String step(String text, String undo, String lasting, String note) {
    return text
        + "."
        + (undo.isEmpty() ? "" : " Reversible: " + undo + ".")
        + (lasting.isEmpty() ? "" : " Cannot be undone: " + lasting + ".")
        + (note.isEmpty() ? "" : " Note: " + note + ".");
  }

  @Override
  public List<Span> happened(Facts facts) {
    Line line = place(facts.finding());
    EnglishActions.action(line, facts);
    EnglishDetails.process(line, facts);
    EnglishDetails.malware(line, facts);
    EnglishDetails.sequence(line, facts);
    if (!facts.threatLists().isEmpty()) {
      line.text(" Threat intelligence match: ").names(facts.threatLists(), ", ").text(".");
    }
    others(line, facts);
    seen(line, facts);
    state(line, facts);
    return line.spans();
  }

  private static Line place(Finding finding) {
    var line = new Line();
    if (finding.account().isEmpty()) {
      line.text("In an account that the finding does not name");
    } else {
      line.text("In account ").safe(finding.account(), "\\d{12}");
    }
    if (!finding.region().isEmpty()) {
      line.text(", ").safe(finding.region(), "[a-z0-9-]+");
    }
    return line.text(", ");
  }

  private static void others(Line line, Facts facts) {
    for (Resource other : facts.others()) {
      if (other.kind() != Resource.Kind.ACCESS_KEY) {
        line.text(" Also named: ");
        EnglishActions.resource(line, other).text(".");
      }
    }
  }

  private void seen(Line line, Facts facts) {
    Instant first = facts.firstSeen();
    Instant last = facts.lastSeen();
    String times = facts.count() == 1 ? " Seen once" : " Seen " + facts.count() + " times";
    String zone = " " + clock.zoneName(Locale.ENGLISH);
    if (first == null) {
      line.text(times + "; when is not in the finding.");
    } else if (last == null || last.equals(first)) {
      line.text(times + ", at " + clock.full(first) + zone + ".");
    } else {
      line.text(
          times
              + ": first "
              + clock.full(first)
              + zone
              + ", last "
              + clock.after(first, last)
              + zone
              + ".");
    }
  }

  private static void state(Line line, Facts facts) {
    if (facts.finding().isArchived()) {
      line.text(" It is archived in GuardDuty.");
    }
    String sequence = facts.finding().body().text("associatedAttackSequenceArn");
    if (sequence != null) {
      line.text(" It is part of the attack sequence ").name(sequence).text(".");
    }
    String rule = facts.finding().body().text("customDetectionRuleName");
    if (rule != null) {
      line.text(" The rule ").name(rule).text(" matched.");
    }
  }

  @Override
  public List<Span> about(Facts facts) {
    Finding finding = facts.finding();
    var line = new Line().text("Type ").name(finding.type().name());
    if (finding.severity() != null) {
      line.text(" · severity " + finding.severity());
    }
    Tactic tactic = Tactic.of(finding.type());
    if (tactic != null) {
      line.text(" · tactic " + tactic.name() + " (" + tactic.id());
      line.text(tactic.ours() ? ", our mapping)" : ")");
    }
    if (!finding.id().isEmpty()) {
      line.text(" · finding ").name(finding.id());
    }
    return line.spans();
  }

  @Override
  public List<Span> sources(boolean knownType, Alert.Source source, String reason) {
    var line =
        new Line().text("Sources: facts from the finding · explanation from Yagura's catalogue");
    line.text(knownType ? "" : " (this type is not in it yet)");
    if (source == Alert.Source.MODEL) {
      line.text(" · analysis by a model, marked as such");
      if (!reason.isEmpty()) {
        line.text(" · note: ").name(reason);
      }
    } else if (reason.isEmpty()) {
      line.text(" · no model was used");
    } else {
      line.text(" · no model was used: ").name(reason);
    }
    return line.spans();
  }
}
