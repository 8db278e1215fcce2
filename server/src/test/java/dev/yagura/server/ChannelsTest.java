package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import dev.yagura.server.app.Keys;
import dev.yagura.server.config.Key;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An administrator sets channels up over the API; findings go where they are wanted. */
class ChannelsTest {
  private static final String TOKEN = "xoxb-1-very-secret";

  @TempDir Path folder;

  private final BlockingQueue<JsonNode> posted = new LinkedBlockingQueue<>();
  private HttpServer slack;
  private TestServer server;
  private String admin = "";

  @BeforeEach
  void start() throws Exception {
    slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slack.createContext(
        "/api/",
        exchange -> {
          JsonNode body = new JsonMapper().readTree(exchange.getRequestBody().readAllBytes());
          byte[] answer =
              "{\"ok\":true,\"channel\":\"C0123456789\",\"ts\":\"17.5\"}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
          posted.add(
              ((ObjectNode) body).put("method", exchange.getRequestURI().getPath().substring(5)));
        });
    slack.start();
    server = new TestServer(folder, Map.of(Key.ALERTS_THREAD_SECONDS, "1"));
    admin = server.adminToken();
  }

  @AfterEach
  void stop() {
    server.close();
    slack.stop(0);
  }

  private ObjectNode bot(String name) {
    ObjectNode body =
        new JsonMapper().createObjectNode().put("name", name).put("kind", "slack-bot");
    body.putObject("fields")
        .put("token", TOKEN)
        .put("channel", "C0123456789")
        .put("api", "http://127.0.0.1:" + slack.getAddress().getPort() + "/api");
    return body;
  }

  private JsonNode nextPosted() throws InterruptedException {
    JsonNode message = posted.poll(40, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }

  private void hand(String type, double severity, int number, int update) {
    ObjectNode event = new Samples(Catalogue.load()).event(type);
    event
        .withObject("/detail")
        .put("id", String.format("%032x", number))
        .put("updatedAt", "2026-11-24T01:00:%02dZ".formatted(update))
        .put("severity", severity);
    String key = server.engine().keys().make(Keys.Kind.INTAKE, "").token();
    assertThat(server.post("/v1/findings", key, event.toString()).status()).isEqualTo(202);
  }

  @Test
  void a_bot_takes_what_is_severe_and_counts_repeats_in_the_thread() throws Exception {
    var set = server.post("/api/channels", admin, bot("soc").put("severity", "high").toString());
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(set.text()).doesNotContain(TOKEN);
    hand("Recon:EC2/PortProbeUnprotectedPort", 2, 1, 0);
    assertThat(server.slack().next(40)).isNotNull();
    hand("Backdoor:EC2/C&CActivity.B", 8, 2, 0);
    assertThat(server.slack().next(40)).as("the webhook takes all").isNotNull();
    JsonNode alert = nextPosted();
    assertThat(alert.path("method").asText()).isEqualTo("chat.postMessage");
    assertThat(alert.toString()).contains("Backdoor:EC2/C&amp;CActivity.B");
    hand("Backdoor:EC2/C&CActivity.B", 8, 2, 1);
    assertThat(nextPosted().path("method").asText())
        .as("the bot does not wait for the webhook's window")
        .isEqualTo("chat.update");
    JsonNode channels = server.get("/api/channels", admin).json();
    assertThat(channels.path("data").findValuesAsText("name")).containsExactly("slack", "soc");
    assertThat(channels.toString()).doesNotContain(TOKEN).contains("\"token\":null");
  }

  @Test
  void without_a_webhook_repeats_are_told_in_the_thread_at_once() throws Exception {
    server.send("DELETE", "/api/slack", admin, null);
    assertThat(server.post("/api/channels", admin, bot("soc").toString()).status()).isEqualTo(200);
    hand("Backdoor:EC2/C&CActivity.B", 8, 2, 0);
    assertThat(nextPosted().path("method").asText()).isEqualTo("chat.postMessage");
    hand("Backdoor:EC2/C&CActivity.B", 8, 2, 1);
    JsonNode edited = nextPosted();
    assertThat(edited.path("method").asText()).isEqualTo("chat.update");
    assertThat(edited.toString()).contains("Seen again: 1 update of 1 finding");
    assertThat(nextPosted().path("thread_ts").asText()).isEqualTo("17.5");
  }

  @Test
  void a_secret_that_is_left_out_stays_and_a_channel_can_be_tried_and_removed() throws Exception {
    server.post("/api/channels", admin, bot("soc").toString());
    ObjectNode again = bot("soc");
    again.withObject("/fields").remove("token");
    assertThat(server.post("/api/channels", admin, again.toString()).status()).isEqualTo(200);
    var tried = server.post("/api/channels/soc/test", admin, "{}");
    assertThat(tried.json().path("result").asText()).isEqualTo("delivered");
    assertThat(nextPosted().toString()).contains("PortProbe");
    assertThat(server.send("DELETE", "/api/channels/soc", admin, null).status()).isEqualTo(200);
    var gone = server.post("/api/channels/sok/test", admin, "{}");
    assertThat(gone.status()).isEqualTo(404);
  }

  @Test
  void what_is_wrong_is_said_and_changes_nothing() {
    ObjectNode kind = bot("soc").put("kind", "slackbot");
    var wrong = server.post("/api/channels", admin, kind.toString());
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("did you mean slack-bot?");
    ObjectNode field = bot("soc");
    field.withObject("/fields").put("chanel", "x");
    assertThat(server.post("/api/channels", admin, field.toString()).text())
        .contains("did you mean channel?");
    ObjectNode pattern = bot("soc").put("pattern", "{\"detail\":{\"severity\":5}}");
    assertThat(server.post("/api/channels", admin, pattern.toString()).status()).isEqualTo(400);
    assertThat(server.get("/api/channels", admin).json().path("data").findValuesAsText("name"))
        .containsExactly("slack");
  }
}
