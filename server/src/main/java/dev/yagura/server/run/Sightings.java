package dev.yagura.server.run;

import dev.yagura.finding.Facts;
import dev.yagura.finding.Finding;
import dev.yagura.run.FindingStore.Sighting;
import java.time.Instant;

/** What the store puts findings into threads by. */
final class Sightings {
  private Sightings() {}

  /** When and how often GuardDuty has seen what a finding tells of. */
  static Sighting of(Finding finding) {
    Facts facts = Facts.of(finding);
    Instant updated = finding.updatedAt();
    Instant seen = facts.lastSeen() == null ? updated : facts.lastSeen();
    return new Sighting(
        finding.id(), finding.band().rank(), seen == null ? 0 : seen.toEpochMilli(), facts.count());
  }
}
