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
    assertThat(outbox().unrouted(later, 1000)).contains(item);
    outbox().postpone(List.of(item.key()), "429", later.plusSeconds(60));
    assertThat(unrouted(later)).doesNotContain(item.key());
    assertThat(outbox().of(run).getFirst().attempts()).isEqualTo(1);
    assertThat(unrouted(later.plusSeconds(60))).contains(item.key());
    outbox().delivered(List.of(item.key()), "C1/17.1", later);
    assertThat(unrouted(later.plusSeconds(600))).doesNotContain(item.key());
    assertThat(outbox().of(run).getFirst().state()).isEqualTo(Outbox.State.DELIVERED);
    assertThat(outbox().of(run).getFirst().posted()).isEqualTo("C1/17.1");
    outbox().failed(List.of(item.key()), "no_service");
    assertThat(outbox().of(run).getFirst().error()).isEqualTo("no_service");
  }

  private List<String> unrouted(Instant now) {
    return outbox().unrouted(now, 1000).stream().map(Outbox.Item::key).toList();
  }

  private List<String> due(String channel, Instant now) {
    return outbox().due(channel, ALERT.kind(), now, 1000).stream().map(Outbox.Item::key).toList();
  }

  private String settled(String name) {
    String id = UUID.randomUUID().toString();
    findings().accept(new FindingStore.Accepted(id, "routed-" + id, "f", "{}", NOW, "app-1"));
    findings().settle(id, id(), List.of(new Entry.KeyedEffect(name + id, ALERT)), NOW);
    return name + id;
  }

  @Test
  void a_routed_item_waits_for_each_of_its_channels_the_heaviest_first() {
    String one = "one-" + UUID.randomUUID();
    String two = "two-" + UUID.randomUUID();
    String light = settled("light/");
    String heavy = settled("heavy/");
    outbox()
        .route(
            List.of(
                new Outbox.Route(light, List.of(one, two), 1, NOW),
                new Outbox.Route(heavy, List.of(one), 4, NOW)));
    outbox().route(List.of(new Outbox.Route(light, List.of(one, two), 1, NOW)));
    assertThat(unrouted(NOW)).doesNotContain(light, heavy);
    assertThat(due(one, NOW)).containsExactly(heavy, light);
    assertThat(due(two, NOW)).containsExactly(light + ">" + two);
    assertThat(outbox().due(one, "other", NOW, 10)).isEmpty();
    assertThat(outbox().waiting()).containsEntry(one, 2).containsEntry(two, 1);
    outbox().delivered(List.of(heavy, light + ">" + two), "", NOW);
    assertThat(due(one, NOW)).containsExactly(light);
    assertThat(due(two, NOW)).isEmpty();
  }

  @Test
  void what_waits_for_a_channel_that_is_gone_is_routed_again_unless_another_has_it() {
    String one = "one-" + UUID.randomUUID();
    String two = "two-" + UUID.randomUUID();
    String both = settled("both/");
    outbox().route(List.of(new Outbox.Route(both, List.of(one, two), 1, NOW)));
    outbox().unroute(two, NOW);
    assertThat(unrouted(NOW)).noneMatch(key -> key.startsWith(both));
    outbox().failed(List.of(both), "no_service");
    outbox().unroute(one, NOW);
    assertThat(unrouted(NOW)).contains(both);
  }

  private FindingStore.Accepted sighted(String finding, String print, Instant at, int band) {
    String id = UUID.randomUUID().toString();
    var sighting = new FindingStore.Sighting(finding, band, at.toEpochMilli(), 7);
    return new FindingStore.Accepted(id, "sighted-" + id, print, "{}", at, "", sighting);
  }

  @Test
  void findings_of_the_same_activity_join_a_thread_until_they_are_more_severe() {
    String print = UUID.randomUUID().toString();
    String finding = UUID.randomUUID().toString();
    Instant since = NOW.minusSeconds(60);
    var first = sighted(finding, print, NOW, 2);
    assertThat(findings().accept(first, since).thread()).isEqualTo(first.id());
    var update = sighted(finding, "another", NOW.plusSeconds(1), 2);
    assertThat(findings().accept(update, NOW.plusSeconds(1)).thread())
        .as("the same finding joins whenever it comes")
        .isEqualTo(first.id());
    var alike = sighted(UUID.randomUUID().toString(), print, NOW.plusSeconds(2), 1);
    assertThat(findings().accept(alike, since).thread()).isEqualTo(first.id());
    assertThat(findings().thread(first.id()))
        .isEqualTo(new FindingStore.Standing(3, 2, NOW.plusSeconds(2).toEpochMilli(), 7));
    var late = sighted(UUID.randomUUID().toString(), print, NOW.plusSeconds(3), 1);
    assertThat(findings().accept(late, NOW.plusSeconds(3)).thread())
        .as("what is alike joins for a while")
        .isEqualTo(late.id());
    var worse = sighted(finding, print, NOW.plusSeconds(4), 3);
    assertThat(findings().accept(worse, since).thread()).isEqualTo(worse.id());
    var after = sighted(finding, print, NOW.plusSeconds(5), 2);
    assertThat(findings().accept(after, since).thread()).isEqualTo(worse.id());
    assertThat(findings().findFinding(after.id()).orElseThrow().isFirst()).isFalse();
    String own = UUID.randomUUID().toString();
    var elsewhere =
        new FindingStore.Accepted(
            own, "own-" + own, print, "{}", NOW.plusSeconds(6), "app-2", after.sighting());
    assertThat(findings().accept(elsewhere, since).thread())
        .as("another workflow tells of it itself")
        .isEqualTo(own);
    assertThat(findings().thread("none").revisions()).isZero();
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
    assertThat(findings().accept(first))
        .isEqualTo(new FindingStore.Receipt(first.id(), false, first.id()));
    assertThat(findings().accept(again))
        .isEqualTo(new FindingStore.Receipt(first.id(), true, first.id()));
    assertThat(findings().accept(update).duplicate()).isFalse();
    assertThat(findings().findFinding(first.id())).contains(first.in(first.id()));
    assertThat(findings().unhandled(1000)).contains(first.in(first.id()), update.in(update.id()));
    assertThat(findings().isWaiting(first.id())).isTrue();
    int waiting = findings().countUnhandled(1000);
    assertThat(waiting).isGreaterThanOrEqualTo(2);
    assertThat(findings().countUnhandled(1)).isEqualTo(1);
    findings().handled(first.id(), NOW);
    assertThat(findings().countUnhandled(1000)).isEqualTo(waiting - 1);
    assertThat(findings().isWaiting(first.id())).isFalse();
    assertThat(findings().isWaiting("none")).isFalse();
    assertThat(findings().unhandled(1000))
        .contains(update.in(update.id()))
        .doesNotContain(first.in(first.id()));
    retention().deleteBefore(NOW.plusSeconds(1), 1000);
    assertThat(findings().findFinding(first.id())).isEmpty();
    assertThat(findings().findFinding(update.id())).contains(update.in(update.id()));
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
    outbox().sending(List.of(alert.key()), "a message", NOW.plusSeconds(60));
    assertThat(outbox().of(run).getFirst().message()).isEqualTo("a message");
    assertThat(outbox().of(run).getFirst().error()).isEqualTo(Outbox.SENDING);
    assertThat(outbox().of(run).getFirst().attempts()).isZero();
    outbox().postpone(List.of(alert.key()), "busy", NOW.plusSeconds(3600));
    assertThat(unrouted(NOW)).doesNotContain(alert.key());
    outbox().hurry("", NOW);
    assertThat(unrouted(NOW)).contains(alert.key());
    outbox().failed(List.of(alert.key()), "no_service");
    assertThat(outbox().hurryOne(alert.key(), NOW)).isTrue();
    assertThat(unrouted(NOW)).contains(alert.key());
  }

  @Test
  void an_alert_without_a_run_goes_when_it_is_old_and_has_gone_out() {
    String id = UUID.randomUUID().toString();
    findings().accept(new FindingStore.Accepted(id, "floor-" + id, "f", "{}", NOW, "app-1"));
    RunId none = id();
    var sent = new Entry.KeyedEffect("sent/" + id, ALERT);
    var waits = new Entry.KeyedEffect("waits/" + id, ALERT);
    findings().settle(id, none, List.of(sent, waits), NOW);
    outbox().delivered(List.of(sent.key()), "", NOW);
    while (retention().deleteBefore(NOW, 100) > 0) {}
    assertThat(outbox().of(none)).hasSize(2);
    while (retention().deleteBefore(NOW.plusSeconds(3600), 100) > 0) {}
    assertThat(outbox().of(none)).as("one of it still waits").hasSize(2);
    outbox().delivered(List.of(waits.key()), "", NOW);
    while (retention().deleteBefore(NOW.plusSeconds(3600), 100) > 0) {}
    assertThat(outbox().of(none)).isEmpty();
  }
}
