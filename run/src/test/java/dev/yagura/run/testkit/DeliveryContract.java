package dev.yagura.run.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.RunId;
import dev.yagura.run.Entry;
import dev.yagura.run.FindingStore;
import dev.yagura.run.Housekeeping;
import dev.yagura.run.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store does with findings, alerts and what is old. */
public abstract class DeliveryContract extends StorePorts {
  @Test
  void effects_get_into_the_outbox_with_their_entry_and_once() {
    RunId run = id();
    journal().create(record(run), entry(1, started()));
    journal().append(run, entry(2, succeeded("n", List.of(ALERT))));
    assertThat(outbox().of(run))
        .singleElement()
        .satisfies(item -> assertThat(item.effect()).isEqualTo(ALERT));
    journal().append(run, entry(3, succeeded("n", List.of(ALERT))));
    assertThat(outbox().of(run)).hasSize(1);
  }

  @Test
  void an_alert_is_due_until_it_is_delivered_postponed_or_given_up() {
    RunId run = id();
    journal().create(record(run), entry(1, started()));
    journal().append(run, entry(2, succeeded("n", List.of(ALERT))));
    Instant later = NOW.plusSeconds(60);
    Outbox.Item item = outbox().of(run).getFirst();
    assertThat(outbox().due(later, 1000)).contains(item);
    outbox().postpone(item.key(), "429", later.plusSeconds(60));
    assertThat(outbox().due(later, 1000)).noneMatch(due -> due.key().equals(item.key()));
    assertThat(outbox().of(run).getFirst().attempts()).isEqualTo(1);
    assertThat(outbox().due(later.plusSeconds(60), 1000))
        .anyMatch(due -> due.key().equals(item.key()));
    outbox().delivered(item.key(), later);
    assertThat(outbox().due(later.plusSeconds(600), 1000))
        .noneMatch(due -> due.key().equals(item.key()));
    assertThat(outbox().of(run).getFirst().state()).isEqualTo(Outbox.State.DELIVERED);
    outbox().failed(item.key(), "no_service");
    assertThat(outbox().of(run).getFirst().error()).isEqualTo("no_service");
  }

  @Test
  void a_finding_is_accepted_once_per_revision() {
    String revision = UUID.randomUUID().toString();
    String fingerprint = UUID.randomUUID().toString();
    var first =
        new FindingStore.Accepted(UUID.randomUUID().toString(), revision, fingerprint, "{}", NOW);
    var again =
        new FindingStore.Accepted(UUID.randomUUID().toString(), revision, fingerprint, "{}", NOW);
    var update =
        new FindingStore.Accepted(
            UUID.randomUUID().toString(), revision + "2", fingerprint, "{}", NOW);
    assertThat(findings().accept(first)).isEqualTo(new FindingStore.Receipt(first.id(), false));
    assertThat(findings().accept(again)).isEqualTo(new FindingStore.Receipt(first.id(), true));
    assertThat(findings().accept(update).duplicate()).isFalse();
    assertThat(findings().findFinding(first.id())).contains(first);
    assertThat(findings().repeats(fingerprint)).isEqualTo(2);
    assertThat(findings().unhandled(1000)).contains(first, update);
    findings().handled(first.id(), NOW);
    assertThat(findings().unhandled(1000)).contains(update).doesNotContain(first);
    retention().deleteBefore(NOW.plusSeconds(1), 1000);
    assertThat(findings().findFinding(first.id())).isEmpty();
    assertThat(findings().findFinding(update.id())).contains(update);
  }

  @Test
  void what_is_old_and_ended_is_deleted_in_small_batches_and_the_rest_stays() {
    RunId old = id();
    RunId open = id();
    RunId young = id();
    for (RunId run : List.of(old, open, young)) {
      journal().create(record(run), entry(1, started()));
    }
    journal().append(old, entry(2, finished()));
    journal().append(young, new Entry(2, NOW.plusSeconds(9999), List.of(finished()), List.of()));
    int deleted = 0;
    int batch = 1;
    while (batch > 0) {
      batch = retention().deleteBefore(NOW.plusSeconds(1000), 2);
      deleted += batch;
    }
    assertThat(deleted).isPositive();
    assertThat(journal().find(old)).isEmpty();
    assertThat(journal().read(old)).isEmpty();
    assertThat(journal().find(open)).isPresent();
    assertThat(journal().read(young)).hasSize(2);
    assertThat(retention().size()).isPositive();
    assertThat(retention().deleteOldest(10)).isPositive();
    assertThat(journal().find(young)).isEmpty();
    assertThat(journal().find(open)).isPresent();
  }

  @Test
  void housekeeping_keeps_what_is_young_and_fits_and_what_goes_on() {
    for (int i = 0; i < 250; i++) {
      RunId run = id();
      journal().create(record(run), entry(1, started()));
      journal().append(run, entry(2, finished()));
    }
    RunId open = id();
    journal().create(record(open), entry(1, started()));
    long full = retention().size();
    var housekeeping = new Housekeeping(retention(), () -> NOW.plusSeconds(3600));
    assertThat(housekeeping.apply(new Housekeeping.Policy(Duration.ofDays(1), full))).isZero();
    int some = housekeeping.apply(new Housekeeping.Policy(Duration.ofDays(1), full - 1));
    assertThat(some).isBetween(1, 249);
    assertThat(housekeeping.apply(new Housekeeping.Policy(Duration.ofMinutes(1), full)))
        .isEqualTo(250 - some);
    assertThat(journal().find(open)).isPresent();
    assertThat(retention().size()).isLessThan(full);
  }

  @Test
  void a_finding_is_settled_with_its_alert_at_once() {
    String id = UUID.randomUUID().toString();
    findings().accept(new FindingStore.Accepted(id, "settle-" + id, "f", "{}", NOW, "app-1"));
    assertThat(findings().findFinding(id).orElseThrow().app()).isEqualTo("app-1");
    RunId run = id();
    var alert = new Entry.KeyedEffect("finding/" + id, ALERT);
    findings().settle(id, run, List.of(alert), NOW);
    findings().settle(id, run, List.of(alert), NOW);
    assertThat(outbox().of(run)).extracting(Outbox.Item::effect).containsExactly(ALERT);
    assertThat(findings().unhandled(1000)).extracting(FindingStore.Accepted::id).doesNotContain(id);
    assertThat(outbox().counts().get(Outbox.State.PENDING)).isPositive();
    outbox().hold(alert.key(), Outbox.SENDING, NOW.plusSeconds(60));
    assertThat(outbox().of(run).getFirst().error()).isEqualTo(Outbox.SENDING);
    assertThat(outbox().of(run).getFirst().attempts()).isZero();
    outbox().postpone(alert.key(), "busy", NOW.plusSeconds(3600));
    assertThat(outbox().due(NOW, 1000)).extracting(Outbox.Item::key).doesNotContain(alert.key());
    outbox().hurry(NOW);
    assertThat(outbox().due(NOW, 1000)).extracting(Outbox.Item::key).contains(alert.key());
    outbox().failed(alert.key(), "no_service");
    outbox().hurry(NOW);
    assertThat(outbox().due(NOW, 1000)).extracting(Outbox.Item::key).contains(alert.key());
  }

  @Test
  void an_alert_without_a_run_goes_when_it_is_old_and_has_gone_out() {
    String id = UUID.randomUUID().toString();
    findings().accept(new FindingStore.Accepted(id, "floor-" + id, "f", "{}", NOW, "app-1"));
    RunId none = id();
    var sent = new Entry.KeyedEffect("sent/" + id, ALERT);
    var waits = new Entry.KeyedEffect("waits/" + id, ALERT);
    findings().settle(id, none, List.of(sent, waits), NOW);
    outbox().delivered(sent.key(), NOW);
    while (retention().deleteBefore(NOW, 100) > 0) {}
    assertThat(outbox().of(none)).hasSize(2);
    while (retention().deleteBefore(NOW.plusSeconds(3600), 100) > 0) {}
    assertThat(outbox().of(none)).as("one of it still waits").hasSize(2);
    outbox().delivered(waits.key(), NOW);
    while (retention().deleteBefore(NOW.plusSeconds(3600), 100) > 0) {}
    assertThat(outbox().of(none)).isEmpty();
  }
}
