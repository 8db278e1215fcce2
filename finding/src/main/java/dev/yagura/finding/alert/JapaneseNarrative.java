package dev.yagura.finding.alert;

import dev.yagura.finding.Facts;
import dev.yagura.finding.Finding;
import dev.yagura.finding.Resource;
import dev.yagura.finding.Severity;
import dev.yagura.finding.Tactic;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Facts in Japanese sentences. */
final class JapaneseNarrative implements Narrative {
  private final Clock24 clock;

  JapaneseNarrative(ZoneId zone) {
    this.clock = new Clock24(zone);
  }

  @Override
  public Headings headings() {
    return new Headings(
        "何が起きたか", "なぜ問題か", "問題ないことが多いケース", "まず行うこと", "確認方法", "モデルによる分析", "GuardDuty で開く");
  }

  @Override
  public String severity(Severity band) {
    return switch (band) {
      case CRITICAL -> "重要度 重大";
      case HIGH -> "重要度 高";
      case MEDIUM -> "重要度 中";
      case LOW -> "重要度 低";
      case UNKNOWN -> "重要度 不明";
    };
  }

  @Override
  public String firstLine(Severity band, boolean sample, String sentence) {
    return (sample ? "【サンプル】" : "") + severity(band) + " · " + sentence;
  }

  @Override
  public String step(String text, String undo, String lasting, String note) {
    return text
        + "。"
        + (undo.isEmpty() ? "" : "元に戻す方法：" + undo + "。")
        + (lasting.isEmpty() ? "" : "元に戻せない点：" + lasting + "。")
        + (note.isEmpty() ? "" : "注意：" + note + "。");
  }

  @Override
  public List<Span> happened(Facts facts) {
    Line line = place(facts.finding());
    JapaneseActions.action(line, facts);
    JapaneseDetails.process(line, facts);
    JapaneseDetails.malware(line, facts);
    JapaneseDetails.sequence(line, facts);
    if (!facts.threatLists().isEmpty()) {
      line.text("一致した脅威インテリジェンス：").names(facts.threatLists(), "、").text("。");
    }
    others(line, facts);
    seen(line, facts);
    state(line, facts);
    return closeUp(line.spans());
  }

  /** No blank between Japanese words, and none after a closing full-width bracket. */
  private static List<Span> closeUp(List<Span> spans) {
    List<Span> tidy = new ArrayList<>();
    for (Span span : spans) {
      if (!tidy.isEmpty()
          && tidy.getLast() instanceof Span.Plain(String earlier)
          && endsJapanese(earlier.stripTrailing())
          && span instanceof Span.Plain(String text)) {
        tidy.set(tidy.size() - 1, new Span.Plain(earlier.stripTrailing()));
        tidy.add(new Span.Plain(text.stripLeading()));
      } else {
        tidy.add(span);
      }
    }
    return tidy;
  }

  private static boolean endsJapanese(String text) {
    return !text.isEmpty() && text.charAt(text.length() - 1) >= 0x3000;
  }

  private static Line place(Finding finding) {
    var line = new Line();
    if (finding.account().isEmpty()) {
      line.text("アカウントは不明です");
    } else {
      line.text("アカウント ").safe(finding.account(), "\\d{12}");
    }
    if (!finding.region().isEmpty()) {
      line.text("（").safe(finding.region(), "[a-z0-9-]+").text("）");
    }
    return line.text(finding.account().isEmpty() ? "。" : " で、");
  }

  private static void others(Line line, Facts facts) {
    for (Resource other : facts.others()) {
      if (other.kind() != Resource.Kind.ACCESS_KEY) {
        line.text("関連するリソース：");
        JapaneseActions.resource(line, other).text("。");
      }
    }
  }

  private void seen(Line line, Facts facts) {
    Instant first = facts.firstSeen();
    Instant last = facts.lastSeen();
    String times = "検出は " + facts.count() + " 回";
    String zone = clock.zoneName(Locale.JAPANESE);
    if (first == null) {
      line.text(times + "です。時刻は検出結果に含まれていません。");
    } else if (last == null || last.equals(first)) {
      line.text(times + "、時刻は " + clock.full(first) + "（" + zone + "）です。");
    } else {
      line.text(
          times
              + "、初回は "
              + clock.full(first)
              + "、最終は "
              + clock.after(first, last)
              + "（いずれも"
              + zone
              + "）です。");
    }
  }

  private static void state(Line line, Facts facts) {
    if (facts.finding().isArchived()) {
      line.text("GuardDuty ではアーカイブ済みです。");
    }
    String sequence = facts.finding().body().text("associatedAttackSequenceArn");
    if (sequence != null) {
      line.text("攻撃シーケンス ").name(sequence).text(" の一部です。");
    }
    String rule = facts.finding().body().text("customDetectionRuleName");
    if (rule != null) {
      line.text("ルール ").name(rule).text(" に一致しました。");
    }
  }

  @Override
  public List<Span> about(Facts facts) {
    Finding finding = facts.finding();
    var line = new Line().text("タイプ ").name(finding.type().name());
    if (finding.severity() != null) {
      line.text(" · 重要度 " + finding.severity());
    }
    Tactic tactic = Tactic.of(finding.type());
    if (tactic != null) {
      line.text(" · 戦術 " + tactic.name() + "（" + tactic.id());
      line.text(tactic.ours() ? "、Yagura による対応付け）" : "）");
    }
    if (!finding.id().isEmpty()) {
      line.text(" · 検出結果 ").name(finding.id());
    }
    return line.spans();
  }

  @Override
  public List<Span> sources(boolean knownType, Alert.Source source, String reason) {
    var line = new Line().text("根拠：事実は検出結果から · 説明は Yagura のカタログから");
    line.text(knownType ? "" : "（このタイプはまだカタログにありません）");
    if (source == Alert.Source.MODEL) {
      line.text(" · 分析はモデルによるもの（その旨を表示）");
      if (!reason.isEmpty()) {
        line.text(" · 注記：").name(reason);
      }
    } else if (reason.isEmpty()) {
      line.text(" · モデルは使用していません");
    } else {
      line.text(" · モデルは使用していません：").name(reason);
    }
    return line.spans();
  }
}
