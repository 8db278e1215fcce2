package dev.yagura.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.RunId;
import dev.yagura.finding.Language;
import dev.yagura.finding.Severity;
import dev.yagura.finding.alert.Digest;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.graph.Effect;
import dev.yagura.graph.value.Value;
import dev.yagura.run.Entry.KeyedEffect;
import dev.yagura.run.FindingStore;
import dev.yagura.run.InMemoryStore;
import dev.yagura.run.Outbox.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people get when many findings come at once, or the same again and again. */
class StormTest {
  private final InMemoryStore store = new InMemoryStore();
  private final List<Notice> received = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T00:00:00Z");
  private String stumblesOver = "";
  private Channel.Delivery answer = new Channel.Delivery.Done();

  /** A channel that keeps what it gets. */
  private record Kept(StormTest test, boolean hasThreads) implements Channel {
    @Override
    public String describe() {
      return "kept";
    }

    @Override
    public Delivery deliver(Notice notice) {
      if (notice.key().equals(test.stumblesOver)) {
        throw new IllegalStateException("a defect");
      }
      test.received.add(notice);
      return test.answer instanceof Delivery.Done && hasThreads
          ? new Delivery.Done("C1/" + test.received.size())
          : test.answer;
    }
  }

  private OutboxDelivery delivery(boolean threads) {
    places.add(new Place("one", new Kept(this, threads), alert -> true));
    return new OutboxDelivery(
        new OutboxDelivery.Ports(store, store, new Floor(Catalogue.load()), () -> now),
        () -> places,
        OutboxDelivery.Limits.DEFAULT);
  }

  private static String finding(String id, double severity) {
    return """
    {"schemaVersion":"2.0","accountId":"111122223333","region":"us-east-1","id":"%s",
     "type":"Recon:EC2/PortProbeUnprotectedPort","severity":%s,"resource":{},"service":{}}
    """
        .formatted(id, severity);
  }

  private static RunId run(String id) {
    return new RunId("run of " + id);
  }

  private void alert(String id, double severity) {
    var effect =
        new Effect("alert", Value.object("id", "alert " + id, "finding", finding(id, severity)));
    accept(id, id);
    store.settle(id, run(id), List.of(new KeyedEffect("of " + id, effect)), now);
  }

  private void accept(String id, String finding) {
    var sighting = new FindingStore.Sighting(finding, 1, now.toEpochMilli(), 5);
    store.accept(new FindingStore.Accepted(id, "rev " + id, id, "{}", now, "", sighting));
  }

  private void repeat(String id, String finding, String thread) {
    accept(id, finding);
    var line =
        new Digest.Line(
            "Recon:EC2/PortProbeUnprotectedPort",
            Severity.LOW,
            "LOW — an open port is probed",
            "i-99999999",
            "111122223333",
            "us-east-1",
            finding,
            now,
            5,
            "");
    var order = new RepeatOrder(line, thread, run(thread), Language.EN, ZoneId.of("UTC"));
    store.settle(id, run(id), List.of(new KeyedEffect("repeat/" + id, order.effect(id))), now);
  }

  /** What has come is looked at; then time passes. */
  private void after(Duration time, OutboxDelivery delivery) {
    for (int i = 0; i < 3; i++) {
      int unused = delivery.deliverDue();
    }
    now = now.plus(time);
    while (delivery.deliverDue() > 0) {}
  }

  @Test
  void of_two_hundred_alerts_at_once_the_most_severe_come_alone_and_the_others_in_digests() {
    var delivery = delivery(false);
    for (int i = 0; i < 200; i++) {
      alert("f" + i, i % 10 == 0 ? 8 : 2);
    }
    after(Duration.ZERO, delivery);
    after(Duration.ofMinutes(1), delivery);
    List<Notice> alone = received.stream().filter(Notice.Single.class::isInstance).toList();
    assertThat(alone).hasSize(30);
    assertThat(alone.subList(0, 20))
        .allMatch(one -> ((Notice.Single) one).alert().severity() == Severity.HIGH);
    assertThat(received).hasSize(30 + 7);
    assertThat(received.stream().flatMap(Notices::ids)).doesNotHaveDuplicates().hasSize(200);
    assertThat(store.counts()).containsOnlyKeys(State.DELIVERED);
  }

  @Test
  void a_critical_alert_never_waits_for_a_digest() {
    var delivery = delivery(false);
    for (int i = 0; i < 40; i++) {
      alert("f" + i, 9);
    }
    after(Duration.ZERO, delivery);
    assertThat(received).hasSize(40).allMatch(Notice.Single.class::isInstance);
  }

  @Test
  void further_alerts_are_collected_for_a_while_and_one_that_is_left_comes_alone() {
    var delivery = delivery(false);
    for (int i = 0; i < 31; i++) {
      alert("f" + i, 2);
    }
    after(Duration.ZERO, delivery);
    assertThat(received).hasSize(30);
    after(Duration.ofSeconds(59), delivery);
    assertThat(received).hasSize(30);
    after(Duration.ofSeconds(1), delivery);
    assertThat(received).hasSize(31).last().isInstanceOf(Notice.Single.class);
  }

  @Test
  void repeats_come_in_one_digest_at_the_end_of_a_window_where_there_are_no_threads() {
    var delivery = delivery(false);
    alert("a", 2);
    alert("b", 2);
    after(Duration.ZERO, delivery);
    for (int i = 0; i < 500; i++) {
      repeat("r" + i, i % 2 == 0 ? "a" : "b" + i % 3, i % 2 == 0 ? "a" : "b");
    }
    after(Duration.ofSeconds(1), delivery);
    assertThat(received).hasSize(2);
    after(Duration.ofMinutes(15), delivery);
    assertThat(received).hasSize(3);
    Digest digest = ((Notice.Several) received.getLast()).digest();
    assertThat(digest.repeats()).extracting(Digest.Repeat::times).containsExactly(250, 250);
    assertThat(digest.repeats().getLast().findings()).containsExactlyInAnyOrder("b0", "b1", "b2");
    assertThat(digest.size()).isEqualTo(500);
  }

  @Test
  void repeats_go_under_their_alert_where_there_are_threads_and_count_from_the_beginning() {
    var delivery = delivery(true);
    alert("a", 2);
    after(Duration.ZERO, delivery);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5; i++) {
        now = now.plusSeconds(1);
        repeat("r" + round + i, "a", "a");
      }
      after(Duration.ofMinutes(1), delivery);
    }
    assertThat(received).hasSize(3);
    Notice.Repeats last = (Notice.Repeats) received.getLast();
    assertThat(last.posted()).isEqualTo("C1/1");
    assertThat(last.digest().size()).isEqualTo(5);
    assertThat(last.tally().updates()).isEqualTo(10);
    assertThat(last.tally().findings()).isEqualTo(1);
  }

  @Test
  void many_findings_in_one_thread_are_all_named_in_as_many_messages_as_that_takes() {
    var delivery = delivery(false);
    alert("a", 2);
    after(Duration.ZERO, delivery);
    for (int i = 0; i < 300; i++) {
      repeat("r" + i, "g" + i, "a");
    }
    after(Duration.ofSeconds(1), delivery);
    after(Duration.ofMinutes(15), delivery);
    assertThat(received).hasSize(1 + 3);
    assertThat(received.stream().flatMap(Notices::ids)).doesNotHaveDuplicates().hasSize(301);
  }

  @Test
  void a_digest_that_did_not_get_through_is_sent_again_as_the_same_message() {
    var delivery = delivery(false);
    alert("a", 2);
    after(Duration.ZERO, delivery);
    repeat("r1", "a", "a");
    after(Duration.ZERO, delivery);
    answer = new Channel.Delivery.Later("Slack answered 503", true);
    after(Duration.ofMinutes(15), delivery);
    Notice first = received.getLast();
    repeat("r2", "a", "a");
    answer = new Channel.Delivery.Done();
    after(Duration.ofSeconds(2), delivery);
    Notice again = received.getLast();
    assertThat(again.key()).isEqualTo(first.key());
    assertThat(again.maybeSent()).isTrue();
    assertThat(((Notice.Several) again).digest().size()).isEqualTo(1);
    after(Duration.ofMinutes(15), delivery);
    assertThat(received.getLast().key()).isNotEqualTo(first.key());
    assertThat(store.counts()).containsOnlyKeys(State.DELIVERED);
  }

  @Test
  void repeats_wait_for_their_alert() {
    var delivery = delivery(true);
    answer = new Channel.Delivery.Later("busy", false);
    alert("a", 2);
    repeat("r1", "a", "a");
    after(Duration.ZERO, delivery);
    now = now.plus(Duration.ofMinutes(1));
    delivery.deliverDue();
    assertThat(received).allMatch(Notice.Single.class::isInstance);
    answer = new Channel.Delivery.Done();
    after(Duration.ofMinutes(10), delivery);
    after(Duration.ofMinutes(2), delivery);
    assertThat(received.getLast()).isInstanceOf(Notice.Repeats.class);
  }

  @Test
  void repeats_wait_until_there_is_an_alert_at_all() {
    var delivery = delivery(false);
    accept("a", "a");
    repeat("r1", "a", "a");
    after(Duration.ofMinutes(16), delivery);
    assertThat(received).isEmpty();
    alert("a", 2);
    after(Duration.ofSeconds(2), delivery);
    after(Duration.ofMinutes(15), delivery);
    assertThat(received).hasSize(2).last().isInstanceOf(Notice.Several.class);
  }

  @Test
  void a_message_that_a_channel_stumbles_over_does_not_keep_the_others() {
    var delivery = delivery(false);
    stumblesOver = "of a";
    alert("a", 8);
    alert("b", 2);
    after(Duration.ZERO, delivery);
    assertThat(received).extracting(Notice::key).containsExactly("of b");
    assertThat(store.of(run("a")).getFirst().attempts()).isEqualTo(1);
    stumblesOver = "";
    after(Duration.ofSeconds(2), delivery);
    assertThat(received).extracting(Notice::key).containsExactly("of b", "of a");
  }

  @Test
  void alerts_go_where_they_are_wanted_and_to_the_first_where_nobody_wants_them() {
    var delivery = delivery(false);
    places.clear();
    places.add(new Place("low", new Kept(this, false), alert -> alert.severity() == Severity.LOW));
    places.add(
        new Place("high", new Kept(this, false), alert -> alert.severity() == Severity.HIGH));
    alert("low", 2);
    alert("high", 8);
    alert("medium", 5);
    after(Duration.ZERO, delivery);
    assertThat(channel("low")).isEqualTo("low");
    assertThat(channel("high")).isEqualTo("high");
    assertThat(channel("medium")).isEqualTo("low");
    repeat("r1", "high", "high");
    after(Duration.ZERO, delivery);
    assertThat(store.of(run("r1")).getFirst().channel()).isEqualTo("high");
  }

  private String channel(String id) {
    return store.of(run(id)).getFirst().channel();
  }
}
