package dev.yagura.finding.alert;

import dev.yagura.finding.Facts;
import dev.yagura.finding.Language;
import dev.yagura.finding.MalwareFacts;
import dev.yagura.finding.ProcessFacts;
import dev.yagura.finding.SequenceFacts;
import dev.yagura.finding.Untrusted;
import java.util.List;

/** Processes, malware and attack sequences in Japanese sentences. */
final class JapaneseDetails {
  private JapaneseDetails() {}

  static void process(Line line, Facts facts) {
    ProcessFacts process = facts.process();
    if (process == null) {
      return;
    }
    line.text("プロセスは ").name(process.name().isEmpty() ? "（名前なし）" : process.name());
    if (!process.path().isEmpty()) {
      line.text("、ファイル ").name(process.path());
    }
    if (!process.pid().isEmpty()) {
      line.text("、PID ").name(process.pid());
    }
    if (!process.user().isEmpty()) {
      line.text("、ユーザー ").name(process.user());
    }
    if (!process.sha256().isEmpty()) {
      line.text("、SHA-256 ").name(process.sha256());
    }
    if (!process.lineage().isEmpty()) {
      line.text("、起動元 ").names(process.lineage(), " ← ");
    }
    line.text(" です。");
    process
        .context()
        .forEach(
            detail ->
                line.text(ContextLabels.of(detail.key(), Language.JA) + "：")
                    .hostile(detail.value())
                    .text("。"));
  }

  static void malware(Line line, Facts facts) {
    MalwareFacts malware = facts.malware();
    for (MalwareFacts.Threat threat : malware.threats()) {
      line.text("検出：").name(threat.name());
      if (!threat.file().isEmpty()) {
        line.text("、ファイル ").hostile(threat.file());
      }
      if (!threat.hash().isEmpty()) {
        line.text("、ハッシュ値 ").name(threat.hash());
      }
      line.text("。");
    }
    if (malware.total() > malware.threats().size()) {
      line.text("全部で " + malware.total() + " 件です。");
    }
  }

  static void sequence(Line line, Facts facts) {
    SequenceFacts sequence = facts.sequence();
    if (sequence == null) {
      return;
    }
    if (sequence.signals() > 0) {
      line.text("シグナルは " + sequence.signals() + " 件（")
          .names(sequence.signalNames(), "、")
          .text(sequence.signals() > sequence.signalNames().size() ? " など）です。" : "）です。");
    }
    list(line, "実行者：", sequence.actors());
    list(line, "発信元：", sequence.addresses());
    list(line, "戦術：", sequence.tactics());
    list(line, "注意すべき呼び出し：", sequence.apis());
    list(line, "リソース：", sequence.resources());
    if (sequence.resourceCount() > sequence.resources().size()) {
      line.text("（全部で " + sequence.resourceCount() + " 件）");
    }
    if (!sequence.description().isEmpty()) {
      line.text("GuardDuty の説明（英語）：")
          .add(
              List.of(
                  new Span.Code(
                      Untrusted.defang(sequence.description(), SequenceFacts.DESCRIPTION))))
          .text("。");
    }
  }

  private static void list(Line line, String label, List<String> names) {
    if (!names.isEmpty()) {
      line.text(label).names(names, "、").text("。");
    }
  }
}
