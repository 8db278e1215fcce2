package dev.yagura.finding.alert;

import dev.yagura.finding.Language;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Our own words in a digest. */
final class DigestWords {
  private final boolean japanese;
  private final Clock24 clock;

  DigestWords(Language language, ZoneId zone) {
    this.japanese = language == Language.JA;
    this.clock = new Clock24(zone);
  }

  /** The first line of a digest. */
  String title(Digest digest) {
    int alerts = digest.alerts().size();
    int repeats = digest.repeats().stream().mapToInt(Digest.Repeat::times).sum();
    if (japanese) {
      String more = alerts > 0 ? "新しい検出結果 " + alerts + " 件" : "";
      String again = repeats > 0 ? "既知の検出結果の再検出 " + repeats + " 件" : "";
      return more + (more.isEmpty() || again.isEmpty() ? "" : "、") + again;
    }
    String more = alerts > 0 ? count(alerts, "more finding") : "";
    String again = repeats > 0 ? count(repeats, "repeat") + " of known findings" : "";
    return more + (more.isEmpty() || again.isEmpty() ? "" : ", ") + again;
  }

  /** Why these alerts are in short. */
  String shortened() {
    return japanese
        ? "短い時間に多数の検出結果が届いたため、個別の通知ではなく一覧にまとめました。"
        : "Too many came at once for a message each; these are in short.";
  }

  /** Heads those that were seen again. */
  String again() {
    return japanese ? "再検出" : "Seen again";
  }

  /** How often and when, behind the name of what was seen again. */
  String times(Digest.Repeat repeat) {
    String last = time(repeat.latest().lastSeen());
    long count = repeat.latest().count();
    if (japanese) {
      return "+" + repeat.times() + " 件、最終検出 " + last + "、GuardDuty の検出回数 " + count;
    }
    return "+" + repeat.times() + ", last seen " + last + ", GuardDuty counts " + count;
  }

  /** What an alert says in addition when its finding was seen again. */
  String tally(Tally tally) {
    String last = time(tally.lastSeen());
    if (japanese) {
      return "再検出: 更新 "
          + tally.updates()
          + " 件(検出結果 "
          + tally.findings()
          + " 件)、最終検出 "
          + last
          + "、GuardDuty の検出回数 "
          + tally.count();
    }
    return "Seen again: "
        + count(tally.updates(), "update")
        + " of "
        + count(tally.findings(), "finding")
        + ", last seen "
        + last
        + ", GuardDuty counts "
        + tally.count();
  }

  String open() {
    return japanese ? "開く" : "open";
  }

  /** Says that a message may be there already. */
  String maybeThere() {
    return japanese
        ? "この通知はすでに届いている可能性があります(配信の確認が取れなかったための再送)。"
        : "You may have this alert already: an earlier delivery was not confirmed.";
  }

  private String time(@Nullable Instant at) {
    if (at == null) {
      return japanese ? "不明" : "unknown";
    }
    return clock.full(at) + " " + clock.zoneName(japanese ? Locale.JAPANESE : Locale.ENGLISH);
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
