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
   * @param sighting what threads are made by
   * @param thread the id of the first that was accepted of the same; its own where it is the first.
   *     Empty until the store has given it
   */
  record Accepted(
      String id,
      String revision,
      String fingerprint,
      String payload,
      Instant at,
      String app,
      Sighting sighting,
      String thread) {
    public Accepted(
        String id,
        String revision,
        String fingerprint,
        String payload,
        Instant at,
        String app,
        Sighting sighting) {
      this(id, revision, fingerprint, payload, at, app, sighting, "");
    }

    public Accepted(
        String id, String revision, String fingerprint, String payload, Instant at, String app) {
      this(id, revision, fingerprint, payload, at, app, Sighting.NONE);
    }

    public Accepted(String id, String revision, String fingerprint, String payload, Instant at) {
      this(id, revision, fingerprint, payload, at, "");
    }

    /** The same in a thread. */
    public Accepted in(String ofThread) {
      return new Accepted(id, revision, fingerprint, payload, at, app, sighting, ofThread);
    }

    /** Whether an alert is to be made of it, rather than an addition to an earlier one. */
    public boolean isFirst() {
      return thread.equals(id);
    }
  }

  /**
   * When and how often something was seen.
   *
   * @param finding GuardDuty's id, which updates share; empty where there is none
   * @param band of severity: a higher one than before in the thread begins another thread
   * @param lastSeen milliseconds since 1970; 0 when unknown
   * @param count GuardDuty's own counter, at least 1
   */
  record Sighting(String finding, int band, long lastSeen, long count) {
    /** Of what is in a thread with nothing else. */
    public static final Sighting NONE = new Sighting("", 0, 0, 1);
  }

  /**
   * What is kept of a thread.
   *
   * @param revisions different updates and findings, the first among them
   * @param findings different findings
   * @param lastSeen the latest, milliseconds since 1970; 0 when unknown
   * @param count GuardDuty's own counter in the latest
   */
  record Standing(int revisions, int findings, long lastSeen, long count) {}

  /**
   * @param id of the finding, the earlier one's for a duplicate
   * @param thread that it has joined; its own id where it is the first
   */
  record Receipt(String id, boolean duplicate, String thread) {}

  /**
   * Keeps the finding unless one of the same revision is kept already. It joins the thread of the
   * same finding, or one with its fingerprint that has begun since the given time, of the same app,
   * unless its severity is in a higher band than all there.
   */
  Receipt accept(Accepted finding, Instant since);

  /** Keeps a finding that joins no thread by its fingerprint. */
  default Receipt accept(Accepted finding) {
    return accept(finding, finding.at().plusMillis(1));
  }

  /** What is kept of a thread; of none there is nothing. */
  Standing thread(String thread);

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

  /** Whether a finding is kept and was not handled yet. */
  boolean isWaiting(String id);

  /** How many findings were accepted and not handled; not counted further than to {@code most}. */
  int countUnhandled(int most);
}
