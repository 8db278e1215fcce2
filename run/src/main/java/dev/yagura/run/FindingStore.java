package dev.yagura.run;

import java.time.Instant;
import java.util.Optional;

/** Findings that were accepted. A finding that {@link #accept} has answered for is durable. */
public interface FindingStore {
  /**
   * @param revision what makes two deliveries the same
   * @param fingerprint what repeats of the same activity share
   * @param payload the finding as JSON
   */
  record Accepted(String id, String revision, String fingerprint, String payload, Instant at) {}

  /**
   * @param id of the finding, the earlier one's for a duplicate
   */
  record Receipt(String id, boolean duplicate) {}

  /** Keeps the finding unless one of the same revision is kept already. */
  Receipt accept(Accepted finding);

  Optional<Accepted> findFinding(String id);

  /** How many different revisions of the same activity are kept. */
  int repeats(String fingerprint);
}
