package dev.yagura.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.yagura.base.RunId;
import dev.yagura.base.Secret;
import dev.yagura.egress.EgressClient;
import dev.yagura.egress.EgressRules;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.graph.Effect;
import dev.yagura.graph.value.Value;
import dev.yagura.run.Entry;
import dev.yagura.run.FindingStore;
import dev.yagura.run.InMemoryStore;
import dev.yagura.run.Outbox;
import dev.yagura.run.Outbox.Item;
import dev.yagura.run.Outbox.State;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of an alert for each answer of Slack. */
class OutboxDeliveryTest {
  private static final RunId RUN = new RunId("r1");

  private final InMemoryStore store = new InMemoryStore();
  private final List<JsonNode> received = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T00:00:00Z");
  private HttpServer slack;
  private int status = 200;
  private String answer = "ok";
  private String path = "/services/T/B/X";
  private boolean set = true;
  private boolean breaksOff;
  private Runnable meanwhile = () -> {};

  @BeforeEach
  void serve() throws IOException {
    slack = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    slack.createContext(
        "/",
        exchange -> {
          received.add(new JsonMapper().readTree(exchange.getRequestBody().readAllBytes()));
          meanwhile.run();
          if (status == 302) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
          }
          if (breaksOff) {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.close();
            return;
          }
          if (status == 429) {
            exchange.getResponseHeaders().add("Retry-After", "30");
          }
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    slack.start();
    queue("f1");
  }

  @AfterEach
  void stop() {
    slack.stop(0);
  }

  private void queue(String id) {
    String finding =
        """
        {"schemaVersion":"2.0","accountId":"111122223333","region":"us-east-1","id":"f1",
         "type":"Recon:EC2/PortProbeUnprotectedPort","severity":2,"resource":{},"service":{}}
        """;
    var effect = new Effect("alert", Value.object("id", "alert of " + id, "finding", finding));
    store.accept(new FindingStore.Accepted(id, "rev", "fp", finding, now));
    store.settle(id, RUN, List.of(new Entry.KeyedEffect("of " + id, effect)), now);
  }

  private OutboxDelivery delivery() {
    var egress = new EgressClient(new EgressRules(List.of("127.0.0.1"), Set.of(443)));
    String url = "http://127.0.0.1:" + slack.getAddress().getPort() + path;
    var place = new Place("slack", new SlackWebhook(egress, new Secret(url)), alert -> true);
    return new OutboxDelivery(
        new OutboxDelivery.Ports(store, store, new Floor(Catalogue.load()), () -> now),
        () -> set ? List.of(place) : List.of(),
        OutboxDelivery.Limits.DEFAULT);
  }

  private Item item() {
    return store.of(RUN).getFirst();
  }

  @Test
  void delivers_blocks_with_a_text_beside_them() {
    assertThat(delivery().deliverDue()).isEqualTo(1);
    assertThat(item().state()).isEqualTo(State.DELIVERED);
    assertThat(received.getFirst().path("blocks").size()).isBetween(3, 50);
    assertThat(received.getFirst().path("text").asText()).contains("open port");
    assertThat(delivery().deliverDue()).isZero();
  }

  @Test
  void everything_waits_as_long_as_slack_asks_and_no_attempt_is_counted() {
    queue("f2");
    var delivery = delivery();
    status = 429;
    assertThat(delivery.deliverDue()).isEqualTo(1);
    assertThat(received).hasSize(1);
    assertThat(item().state()).isEqualTo(State.PENDING);
    assertThat(item().attempts()).isZero();
    assertThat(item().due()).isEqualTo(now.plusSeconds(30));
    status = 200;
    now = now.plusSeconds(29);
    assertThat(delivery.deliverDue()).isZero();
    now = now.plusSeconds(1);
    delivery.deliverDue();
    assertThat(store.counts()).containsEntry(State.DELIVERED, 2);
    assertThat(received).noneMatch(message -> message.toString().contains("already"));
  }

  @Test
  void another_channel_does_not_wait_for_the_pause_of_the_one_before() {
    var delivery = delivery();
    status = 429;
    delivery.deliverDue();
    status = 200;
    delivery.channelChanged("slack");
    delivery.deliverDue();
    assertThat(item().state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void what_a_channel_says_after_another_was_set_does_not_count() {
    queue("f2");
    var delivery = delivery();
    status = 404;
    answer = "no_service";
    meanwhile = () -> delivery.channelChanged("slack");
    delivery.deliverDue();
    assertThat(received).as("the rest of the batch is not for this channel").hasSize(1);
    meanwhile = () -> {};
    assertThat(store.counts()).containsEntry(State.PENDING, 2);
    status = 200;
    answer = "ok";
    delivery.deliverDue();
    assertThat(store.counts()).containsEntry(State.DELIVERED, 2);
  }

  @Test
  void a_redirect_is_not_followed_and_is_no_delivery() {
    status = 302;
    answer = "";
    delivery().deliverDue();
    assertThat(received).hasSize(1);
    assertThat(item().state()).isEqualTo(State.FAILED);
    assertThat(item().error()).contains("302");
  }

  @Test
  void what_broke_off_after_sending_may_be_there_and_stays_so_through_other_errors() {
    breaksOff = true;
    delivery().deliverDue();
    assertThat(item().error()).startsWith("unconfirmed: ");
    breaksOff = false;
    status = 429;
    now = now.plusSeconds(2);
    delivery().deliverDue();
    now = now.plusSeconds(30);
    status = 400;
    answer = "invalid_blocks";
    delivery().deliverDue();
    assertThat(received.getLast().path("text").asText())
        .contains("You may have this alert already");
  }

  @Test
  void what_never_reached_slack_is_not_marked() {
    slack.stop(0);
    delivery().deliverDue();
    assertThat(item().state()).isEqualTo(State.PENDING);
    assertThat(item().error()).doesNotContain("unconfirmed").contains("expected: an answer");
  }

  @Test
  void tries_again_after_an_error_of_the_server_and_says_that_it_may_be_there() {
    status = 503;
    delivery().deliverDue();
    assertThat(item().error()).isEqualTo("unconfirmed: Slack answered 503");
    assertThat(item().due()).isEqualTo(now.plusSeconds(2));
    status = 200;
    now = now.plusSeconds(2);
    delivery().deliverDue();
    assertThat(received.getLast().toString()).contains("You may have this alert already");
  }

  @Test
  void what_was_under_way_when_the_process_died_is_marked() {
    store.route(List.of(new Outbox.Route("of f1", List.of("slack"), 1, now)));
    store.sending(List.of("of f1"), "of f1", now.plusSeconds(120));
    assertThat(delivery().deliverDue()).isZero();
    delivery().releaseInterrupted();
    delivery().deliverDue();
    assertThat(received.getLast().toString()).contains("You may have this alert already");
  }

  @ParameterizedTest
  @CsvSource({
    "403, action_prohibited",
    "404, no_service",
    "410, channel_is_archived",
    "200, '{\"ok\":false,\"error\":\"x\"}'"
  })
  void a_final_answer_is_kept_with_its_reason(int code, String reason) {
    status = code;
    answer = reason;
    delivery().deliverDue();
    assertThat(item().state()).isEqualTo(State.FAILED);
    assertThat(item().error()).isEqualTo(reason);
    assertThat(store.counts()).containsEntry(State.FAILED, 1);
  }

  @Test
  void refused_blocks_go_out_as_text_once() {
    status = 400;
    answer = "invalid_blocks";
    delivery().deliverDue();
    assertThat(received).hasSize(2);
    assertThat(received.getLast().has("blocks")).isFalse();
    assertThat(item().state()).isEqualTo(State.FAILED);
  }

  @Test
  void a_trigger_of_a_workflow_gets_flat_texts() {
    path = "/triggers/T/1/x";
    answer = "{\"ok\":true}";
    delivery().deliverDue();
    assertThat(received.getFirst().path("type").asText())
        .isEqualTo("Recon:EC2/PortProbeUnprotectedPort");
    assertThat(received.getFirst().properties()).allMatch(one -> one.getValue().isTextual());
  }

  @Test
  void without_a_webhook_the_alert_is_kept_and_says_how_to_set_one() {
    set = false;
    delivery().deliverDue();
    assertThat(item().state()).isEqualTo(State.PENDING);
    assertThat(item().error()).contains("yagura slack set");
    set = true;
    store.hurry("", now);
    delivery().deliverDue();
    assertThat(item().state()).isEqualTo(State.DELIVERED);
    assertThat(received.getLast().toString()).doesNotContain("already");
  }

  @Test
  void waits_longer_and_longer_up_to_a_bound() {
    assertThat(ChannelDelivery.backoff(0)).isEqualTo(Duration.ofSeconds(2));
    assertThat(ChannelDelivery.backoff(3)).isEqualTo(Duration.ofSeconds(16));
    assertThat(ChannelDelivery.backoff(299)).isEqualTo(Duration.ofMinutes(10));
  }
}
