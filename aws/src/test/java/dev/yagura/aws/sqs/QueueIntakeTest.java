package dev.yagura.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aws.testkit.ElasticQueues;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sqs.model.Message;

/** Against ElasticMQ: what happens to messages, whatever happens meanwhile. */
@Timeout(60)
class QueueIntakeTest {
  private static final Timing QUICK =
      new Timing(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofHours(11),
          Duration.ofSeconds(10));

  private static ElasticQueues queues;

  private final RememberingSink sink = new RememberingSink();
  private final SqsClients clients =
      new SqsClients(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")));
  private final List<QueueIntake> open = new ArrayList<>();

  @BeforeAll
  static void begin() {
    queues = new ElasticQueues();
  }

  @AfterAll
  static void end() {
    queues.close();
  }

  @AfterEach
  void stop() {
    open.forEach(QueueIntake::close);
    clients.close();
  }

  private QueueIntake start(String url) {
    return start(url, 1);
  }

  private QueueIntake start(String url, int pollers) {
    var intake =
        new QueueIntake(
            QueueSettings.parse(url, queues.endpoint()),
            clients,
            pollers,
            sink,
            InstantSource.system(),
            QUICK);
    open.add(intake);
    intake.start();
    return intake;
  }

  private static void await(BooleanSupplier what) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!what.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void what_is_kept_is_deleted_and_duplicates_as_well() {
    String url = queues.makeWithDeadLetters("kept", 3);
    for (int i = 0; i < 25; i++) {
      queues.send(url, "finding " + i % 20);
    }
    QueueIntake intake = start(url, 2);
    queues.awaitDepth(url, 0);
    assertThat(sink.kept).hasSize(20);
    await(() -> intake.status().totals().received() == 25);
    assertThat(intake.status().totals().kept()).isEqualTo(20);
    assertThat(intake.status().totals().duplicates()).isEqualTo(5);
    assertThat(intake.status().state()).isEqualTo(QueueStatus.State.POLLING);
    assertThat(queues.depth(url + "-dead")).isZero();
  }

  @Test
  void what_nobody_can_use_goes_to_the_dead_letters_unchanged_with_the_reason() {
    String url = queues.makeWithDeadLetters("poison", 3);
    queues.send(url, "bad {\"ü\":\n1}");
    queues.send(url, "half of it");
    queues.send(url, "good");
    QueueIntake intake = start(url);
    queues.awaitDepth(url, 0);
    queues.awaitDepth(url + "-dead", 2);
    assertThat(sink.kept).containsExactlyInAnyOrder("half of it", "good");
    List<Message> dead = new ArrayList<>();
    while (dead.size() < 2) {
      dead.addAll(queues.messages(url + "-dead"));
    }
    Message bad = dead.stream().filter(one -> one.body().startsWith("bad")).findFirst().get();
    assertThat(bad.body()).isEqualTo("bad {\"ü\":\n1}");
    assertThat(bad.messageAttributes().get("ERROR_CODE").stringValue()).isEqualTo("no-finding");
    assertThat(bad.messageAttributes().get("ERROR_MESSAGE").stringValue())
        .startsWith("it is")
        .endsWith("none")
        .doesNotContain("\u0000", "\u202e");
    assertThat(bad.messageAttributes().get("SOURCE_QUEUE").stringValue()).isEqualTo("poison");
    assertThat(bad.messageAttributes()).containsKey("MESSAGE_ID");
    Message half = dead.stream().filter(one -> one.body().startsWith("half")).findFirst().get();
    assertThat(half.messageAttributes().get("ERROR_MESSAGE").stringValue())
        .startsWith("1 of 2 parts are refused");
    assertThat(intake.status().totals().refused()).isEqualTo(2);
  }

  @Test
  void without_dead_letters_it_stays_and_does_not_come_again_at_once() {
    String url = queues.make("nowhere");
    queues.send(url, "bad");
    QueueIntake intake = start(url);
    await(() -> intake.status().totals().unburied() == 1);
    queues.send(url, "good");
    await(() -> sink.kept.contains("good"));
    queues.awaitDepth(url, 1);
    assertThat(sink.calls.get()).isEqualTo(2);
  }

  @Test
  void a_store_that_fails_loses_nothing() {
    String url = queues.makeWithDeadLetters("failing", 1000);
    sink.broken = true;
    for (int i = 0; i < 12; i++) {
      queues.send(url, "finding " + i);
    }
    QueueIntake intake = start(url);
    await(() -> intake.status().state() == QueueStatus.State.FAILING);
    assertThat(intake.status().error()).contains("disk full");
    await(() -> intake.status().totals().returned() > 10);
    assertThat(queues.depth(url)).isEqualTo(12);
    sink.broken = false;
    queues.awaitDepth(url, 0);
    assertThat(sink.kept).hasSize(12);
    await(() -> intake.status().state() == QueueStatus.State.POLLING);
  }

  @Test
  void a_queue_that_is_deleted_is_named_and_used_again_when_it_is_back() {
    String url = queues.make("gone");
    QueueIntake intake = start(url);
    await(() -> intake.status().state() == QueueStatus.State.POLLING);
    queues.delete(url);
    // The poll under way when it goes may end without an answer; the next one is told.
    await(() -> intake.status().error().contains("queue gone is not there"));
    assertThat(intake.status().state()).isEqualTo(QueueStatus.State.FAILING);
    queues.make("gone");
    queues.send(url, "finding");
    await(() -> sink.kept.contains("finding"));
    await(() -> intake.status().state() == QueueStatus.State.POLLING);
  }

  @Test
  void a_stop_in_the_middle_deletes_what_is_kept_and_leaves_the_rest() throws Exception {
    String url = queues.make("stop");
    sink.gate = new CountDownLatch(1);
    for (int i = 0; i < 30; i++) {
      queues.send(url, "finding " + i);
    }
    QueueIntake intake = start(url);
    assertThat(sink.entered.await(20, TimeUnit.SECONDS)).isTrue();
    Thread closing = Thread.ofVirtual().start(intake::close);
    sink.gate.countDown();
    closing.join();
    assertThat(sink.kept).isNotEmpty().hasSizeLessThanOrEqualTo(10);
    assertThat(queues.depth(url)).isEqualTo(30 - sink.kept.size());
    assertThat(intake.status().state()).isEqualTo(QueueStatus.State.STOPPED);
  }

  @Test
  void a_slow_store_makes_no_doubles() {
    String url = queues.make("slow");
    sink.gate = new CountDownLatch(1);
    queues.send(url, "finding");
    start(url, 2);
    Thread opening =
        Thread.ofVirtual()
            .start(
                () -> {
                  // Longer than the message is hidden at first: an empty queue is asked meanwhile.
                  String other = queues.make("clock");
                  queues.messages(other);
                  sink.gate.countDown();
                });
    queues.awaitDepth(url, 0);
    assertThat(opening.isAlive()).isFalse();
    assertThat(sink.calls.get()).isEqualTo(1);
  }

  @Test
  void nothing_is_fetched_while_too_much_waits() {
    String url = queues.make("full");
    sink.full = true;
    queues.send(url, "finding");
    QueueIntake intake = start(url);
    await(() -> intake.status().state() == QueueStatus.State.PAUSED);
    assertThat(intake.status().totals().received()).isZero();
    sink.full = false;
    queues.awaitDepth(url, 0);
    assertThat(intake.status().state()).isEqualTo(QueueStatus.State.POLLING);
  }

  @Test
  void tells_how_deep_a_queue_is() throws Exception {
    String url = queues.makeWithDeadLetters("deep", 3);
    queues.send(url, "one");
    queues.send(url + "-dead", "two");
    var intake =
        new QueueIntake(
            QueueSettings.parse(url, queues.endpoint()),
            clients,
            1,
            sink,
            InstantSource.system(),
            QUICK);
    QueueDepth depth = intake.ask();
    assertThat(depth).isEqualTo(new QueueDepth(1L, 0L, "deep-dead", 1L, List.of()));
    assertThat(queues.depth(url)).isEqualTo(1);
  }

  @Test
  void a_body_of_the_longest_kind_goes_through() {
    String url = queues.makeWithDeadLetters("long", 3);
    String body = "x".repeat(250_000);
    queues.send(url, body);
    start(url);
    queues.awaitDepth(url, 0);
    assertThat(sink.kept).containsExactly(body);
  }
}
