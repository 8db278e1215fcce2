package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.aws.testkit.BedrockStub;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.server.app.Keys;
import dev.yagura.server.config.Key;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same activity again and again: what the model is asked and what people get. */
class RepeatsTest {
  private static final String HAIKU = "global.anthropic.claude-haiku-4-5-20251001-v1:0";
  private static final String TYPE = "Recon:EC2/PortProbeUnprotectedPort";

  @TempDir Path folder;

  private final BedrockStub bedrock = new BedrockStub();
  private final Samples samples = new Samples(Catalogue.load());
  private TestServer server;
  private String intake = "";

  @BeforeEach
  void start() {
    server = new TestServer(folder, Map.of(Key.ALERTS_REPEAT_SECONDS, "1"));
    server.useBedrock(bedrock, HAIKU);
    bedrock.does(Behaviour.ANSWERS);
    intake = server.engine().keys().make(Keys.Kind.INTAKE, "").token();
  }

  @AfterEach
  void stop() {
    server.close();
    bedrock.close();
  }

  /**
   * @param activity by which it has an account of its own
   * @param update which of them it is
   */
  private ObjectNode finding(int activity, String id, int update) {
    ObjectNode event = samples.event(TYPE);
    ObjectNode detail = event.withObject("/detail");
    detail.put("id", id).put("accountId", Long.toString(700_000_000_000L + activity));
    detail.put("updatedAt", "2026-11-24T01:%02d:%02dZ".formatted(update / 60, update % 60));
    detail.withObject("/service").put("count", update + 1);
    return event;
  }

  private static String id(int number) {
    return String.format("%032x", number);
  }

  private List<String> messagesUntil(Set<String> ids) throws InterruptedException {
    List<String> messages = new ArrayList<>();
    Set<String> open = new HashSet<>(ids);
    while (!open.isEmpty()) {
      JsonNode message = server.slack().next(60);
      assertThat(message).as("no message names %s", open).isNotNull();
      messages.add(message.toString());
      open.removeIf(message.toString()::contains);
    }
    return messages;
  }

  @Test
  void a_storm_of_updates_of_ten_findings_costs_ten_calls_and_every_count_is_right()
      throws Exception {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (int update = 0; update < 100; update++) {
      for (int activity = 1; activity <= 10; activity++) {
        all.add(finding(activity, id(activity), update));
      }
    }
    var accepted = server.post("/v1/findings", intake, all.toString());
    assertThat(accepted.status()).isEqualTo(202);
    int repeats = 0;
    for (JsonNode one : accepted.json().path("findings")) {
      repeats += one.has("repeats") ? 1 : 0;
    }
    assertThat(repeats).isEqualTo(990);
    int told = 0;
    int alerts = 0;
    while (told < 990) {
      JsonNode message = server.slack().next(60);
      assertThat(message).isNotNull();
      String title = message.path("text").asText();
      var counted = java.util.regex.Pattern.compile("(\\d+) repeats").matcher(title);
      if (counted.find()) {
        told += Integer.parseInt(counted.group(1));
      } else {
        alerts++;
      }
    }
    assertThat(told).isEqualTo(990);
    assertThat(alerts).isEqualTo(10);
    assertThat(bedrock.calls()).hasSize(10);
  }

  @Test
  void findings_of_the_same_activity_with_other_ids_are_named_in_a_digest() throws Exception {
    Set<String> ids = new HashSet<>();
    for (int i = 1; i <= 5; i++) {
      ids.add(id(i));
      server.post("/v1/findings", intake, finding(1, id(i), 0).toString());
    }
    List<String> messages = messagesUntil(ids);
    assertThat(messages.getFirst()).contains("Do now");
    assertThat(messages.subList(1, messages.size())).allMatch(one -> one.contains("Seen again"));
    assertThat(bedrock.calls()).hasSize(1);
  }

  @Test
  void an_older_update_after_a_newer_one_does_not_turn_the_counter_back() throws Exception {
    server.post("/v1/findings", intake, finding(1, id(1), 50).toString());
    assertThat(server.slack().next(60)).isNotNull();
    server.post("/v1/findings", intake, finding(1, id(1), 40).toString());
    JsonNode digest = server.slack().next(60);
    assertThat(digest).isNotNull();
    assertThat(digest.toString()).contains("+1");
    assertThat(bedrock.calls()).hasSize(1);
  }

  @Test
  void a_finding_that_gets_more_severe_is_an_alert_of_its_own() throws Exception {
    server.post("/v1/findings", intake, finding(1, id(1), 0).toString());
    assertThat(server.slack().next(60)).isNotNull();
    ObjectNode worse = finding(1, id(1), 1);
    worse.withObject("/detail").put("severity", 8);
    var accepted = server.post("/v1/findings", intake, worse.toString());
    assertThat(accepted.json().has("repeats")).isFalse();
    JsonNode alert = server.slack().next(60);
    assertThat(alert).isNotNull();
    assertThat(alert.toString()).contains("High").contains("Do now");
    assertThat(bedrock.calls()).hasSize(2);
  }
}
