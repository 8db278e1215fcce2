package dev.yagura.finding.alert;

import dev.yagura.finding.Facts;
import dev.yagura.finding.Language;
import dev.yagura.finding.MalwareFacts;
import dev.yagura.finding.ProcessFacts;
import dev.yagura.finding.SequenceFacts;
import dev.yagura.finding.Untrusted;
import java.util.List;

/** Processes, malware and attack sequences in English sentences. */
final class EnglishDetails {
  private EnglishDetails() {}

  static void process(Line line, Facts facts) {
    ProcessFacts process = facts.process();
    if (process == null) {
      return;
    }
    line.text(" The process is ").name(process.name().isEmpty() ? "unnamed" : process.name());
    if (!process.path().isEmpty()) {
      line.text(", file ").name(process.path());
    }
    if (!process.pid().isEmpty()) {
      line.text(", pid ").name(process.pid());
    }
    if (!process.user().isEmpty()) {
      line.text(", user ").name(process.user());
    }
    if (!process.sha256().isEmpty()) {
      line.text(", SHA-256 ").name(process.sha256());
    }
    if (!process.lineage().isEmpty()) {
      line.text("; started by ").names(process.lineage(), " ← ");
    }
    line.text(".");
    process
        .context()
        .forEach(
            detail ->
                line.text(" " + ContextLabels.of(detail.key(), Language.EN) + ": ")
                    .hostile(detail.value())
                    .text("."));
  }

  static void malware(Line line, Facts facts) {
    MalwareFacts malware = facts.malware();
    for (MalwareFacts.Threat threat : malware.threats()) {
      line.text(" Found: ").name(threat.name());
      if (!threat.file().isEmpty()) {
        line.text(" in ").hostile(threat.file());
      }
      if (!threat.hash().isEmpty()) {
        line.text(", hash ").name(threat.hash());
      }
      line.text(".");
    }
    if (malware.total() > malware.threats().size()) {
      line.text(" In all " + malware.total() + ".");
    }
  }

  static void sequence(Line line, Facts facts) {
    SequenceFacts sequence = facts.sequence();
    if (sequence == null) {
      return;
    }
    if (sequence.signals() > 0) {
      line.text(
              " "
                  + sequence.signals()
                  + (sequence.signals() > sequence.signalNames().size()
                      ? " signals, among them "
                      : " signals: "))
          .names(sequence.signalNames(), ", ")
          .text(".");
    }
    list(line, " Who: ", sequence.actors());
    list(line, " From: ", sequence.addresses());
    list(line, " Tactics: ", sequence.tactics());
    list(line, " Sensitive calls: ", sequence.apis());
    list(line, " Resources: ", sequence.resources());
    if (sequence.resourceCount() > sequence.resources().size()) {
      line.text(" (" + sequence.resourceCount() + " in all)");
    }
    if (!sequence.description().isEmpty()) {
      line.text(" GuardDuty describes it as ")
          .add(List.of(longText(sequence.description())))
          .text(".");
    }
  }

  private static Span longText(String text) {
    return new Span.Code(Untrusted.defang(text, SequenceFacts.DESCRIPTION));
  }

  static void list(Line line, String label, List<String> names) {
    if (!names.isEmpty()) {
      line.text(label).names(names, ", ").text(".");
    }
  }
}
