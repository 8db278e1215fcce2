package dev.yagura.finding;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A GuardDuty finding in one form, whatever shape it came in. Everything but the type may be
 * missing: the rest of the code says "unknown" then.
 *
 * @param type never empty
 * @param id usually 32 hex digits; empty where the finding has none
 * @param severity the number, or null
 * @param account the account that is affected, 12 digits as a rule; empty when unknown
 * @param region the Region that reported it: the envelope's, else the finding's; empty when unknown
 * @param body the whole finding in GuardDuty's camelCase names
 */
public record Finding(
    FindingType type,
    String id,
    @Nullable Double severity,
    String account,
    String region,
    Tree body) {

  public Severity band() {
    return Severity.of(severity);
  }

  /** {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
  public String partition() {
    String partition = body.text("partition");
    if (partition != null) {
      return partition;
    }
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  public @Nullable Instant updatedAt() {
    return Times.parse(body.text("updatedAt"));
  }

  /**
   * What makes two deliveries the same: id and time of the last update (guardduty.md §2.7). Without
   * an id it is the whole content.
   */
  public String revision() {
    return id.isEmpty()
        ? "content-" + Fingerprint.sha256(body.node().toString())
        : id + "@" + body.text("updatedAt", body.text("service.count", "1"));
  }

  /** What findings of the same activity share: type, account, resource and actor. */
  public String fingerprint() {
    return Fingerprint.of(this);
  }

  /** Whether GuardDuty made it up for a test: any of the three marks counts (guardduty.md §2.8). */
  public boolean isSample() {
    return Boolean.TRUE.equals(body.flag("service.additionalInfo.sample"))
        || body.text("title", "").toUpperCase(Locale.ROOT).startsWith("[SAMPLE]")
        || body.text("title", "").startsWith("SAMPLE ");
  }

  public boolean isArchived() {
    return Boolean.TRUE.equals(body.flag("service.archived"));
  }

  /**
   * {@code TARGET} or {@code ACTOR}; empty when unknown. It turns the meaning of a brute force
   * round.
   */
  public String role() {
    return body.text("service.resourceRole", "");
  }
}
