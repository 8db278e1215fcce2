package dev.yagura.run;

import dev.yagura.base.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Findings that were accepted. A finding that {@link #accept} has answered for is durable. */
public interface FindingStore {
  /**
   * @param revision what makes two deliveries the same
   * @param fingerprint what repeats of the same activity share
   * @param payload the finding as JSON
   * @param app whose workflow explains it, or empty for the default one
   */
  record Accepted(
      String id, String revision, String fingerprint, String payload, Instant at, String app) {
    public Accepted(String id, String revision, String fingerprint, String payload, Instant at) {
      this(id, revision, fingerprint, payload, at, "");
    }
  }

  /**
   * @param id of the finding, the earlier one's for a duplicate
   */
  record Receipt(String id, boolean duplicate) {}

  /** Keeps the finding unless one of the same revision is kept already. */
  Receipt accept(Accepted finding);

  Optional<Accepted> findFinding(String id);

  /**
   * Ends the work on a finding: the alerts go into the outbox and the finding counts as handled, in
   * one transaction.
   *
   * @param run of the alerts
   * @param alerts what the run itself has not ordered; empty where it has
   */
  void settle(String id, RunId run, List<Entry.KeyedEffect> alerts, Instant at);

  /** An alert about the finding is in the outbox: from here on retention may delete it. */
  void handled(String id, Instant at);

  /**
   * Findings that were accepted and not handled, the oldest first: after a crash they are taken up
   * again.
   */
  List<Accepted> unhandled(int most);

  /** How many different revisions of the same activity are kept. */
  int repeats(String fingerprint);
}
