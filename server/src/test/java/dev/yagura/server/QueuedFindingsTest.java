package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.aws.testkit.ElasticQueues;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import dev.yagura.server.config.Key;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a queue to an alert, with the real server and an ElasticMQ. */
@Timeout(120)
class QueuedFindingsTest {
  private static final Samples SAMPLES = new Samples(Catalogue.load());
  private static final String TYPE = "Recon:EC2/PortProbeUnprotectedPort";

  @TempDir Path folder;

  @BeforeAll
  static void credentials() {
    System.setProperty("aws.accessKeyId", "x");
    System.setProperty("aws.secretAccessKey", "x");
  }

  @AfterAll
  static void noCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private static String finding(int number) {
    var event = SAMPLES.event(TYPE);
    event.withObject("/detail").put("id", String.format("%032x", number));
    event.withObject("/detail").put("accountId", Long.toString(700_000_000_000L + number));
    return event.toString();
  }

  /** As SNS puts a message into a queue. */
  private static String sns(String message) {
    return new JsonMapper()
        .createObjectNode()
        .put("Type", "Notification")
        .put("TopicArn", "arn:aws:sns:eu-west-1:123456789012:findings")
        .put("Message", message)
        .toString();
  }

  private static JsonNode queue(TestServer server, String query) {
    var answer = server.get("/api/queues" + query, server.adminToken());
    assertThat(answer.status()).isEqualTo(200);
    return answer.json().path("data").path(0);
  }

  @Test
  void findings_of_queues_become_alerts_and_the_rest_goes_to_the_dead_letters() throws Exception {
    try (var queues = new ElasticQueues()) {
      String first = queues.makeWithDeadLetters("first", 3);
      String second = queues.makeWithDeadLetters("second", 3);
      queues.send(first, finding(1));
      queues.send(first, finding(1));
      queues.send(first, sns(finding(2)));
      queues.send(first, new JsonMapper().writeValueAsString(finding(3)));
      queues.send(first, "[" + finding(4) + ",{\"no\":\"finding\"}]");
      queues.send(first, "{\"source\":\"aws.ec2\",\"detail-type\":\"Other\",\"detail\":{}}");
      queues.send(first, "no JSON");
      queues.send(second, "[" + finding(5) + "," + finding(6) + "]");
      Map<Key, String> settings =
          Map.of(
              Key.SQS_QUEUES, first + "," + second, Key.SQS_ENDPOINT, queues.endpoint().toString());
      try (var server = new TestServer(folder, settings)) {
        queues.awaitDepth(first, 0);
        queues.awaitDepth(second, 0);
        queues.awaitDepth(first + "-dead", 3);
        for (int i = 0; i < 6; i++) {
          assertThat(server.slack().next(30)).isNotNull();
        }
        JsonNode queue = queue(server, "?ask=true");
        assertThat(queue.path("state").asText()).isEqualTo("polling");
        assertThat(queue.path("received").asInt()).isEqualTo(7);
        assertThat(queue.path("kept").asInt()).isEqualTo(4);
        assertThat(queue.path("duplicates").asInt()).isEqualTo(1);
        assertThat(queue.path("refused").asInt()).isEqualTo(3);
        assertThat(queue.path("waiting").asInt()).isZero();
        assertThat(queue.path("dead_letter_queue").asText()).isEqualTo("first-dead");
        assertThat(queue.path("dead_letters").asInt()).isEqualTo(3);
        assertThat(queue.path("missing")).isEmpty();
        assertThat(server.get("/metrics", null).text())
            .contains(
                "yagura_queue_messages_total{queue=\"first\",region=\"\",what=\"refused\"} 3");
      }
    }
  }
}
