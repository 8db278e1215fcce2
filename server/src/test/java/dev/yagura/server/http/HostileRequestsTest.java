package dev.yagura.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.OpenAiStub;
import dev.yagura.server.TestServer;
import dev.yagura.server.TestServer.Answer;
import dev.yagura.server.TestWorkflows;
import dev.yagura.server.config.Key;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of clients that are many, slow, broken or gone. */
class HostileRequestsTest {
  @TempDir static Path folder;

  private static OpenAiStub model;
  private static TestServer server;
  private static String key;
  private static String askKey;

  @BeforeAll
  static void start() {
    model = new OpenAiStub();
    server = new TestServer(folder, Map.of(Key.RUNS_CONCURRENT, "2", Key.RUNS_WAITING, "1"));
    server.engine().models().register("openai", Map.of("base-url", model.url()), List.of());
    key = server.publish(TestWorkflows.echo("Echo"));
    askKey = server.publish(TestWorkflows.ask("Ask", "openai", "m"));
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  private static String body(String inputs, String mode) {
    return "{\"inputs\": " + inputs + ", \"response_mode\": \"" + mode + "\", \"user\": \"alice\"}";
  }

  private static CompletableFuture<Answer> later(
      TestServer to, String token, String body, String... headers) {
    var answer = new CompletableFuture<Answer>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.complete(to.post("/v1/workflows/run", token, body, headers));
              } catch (RuntimeException broken) {
                answer.completeExceptionally(broken);
              }
            });
    return answer;
  }

  @Test
  void a_full_queue_says_when_to_come_again_and_other_workflows_do_not_wait() throws Exception {
    model.does(Behaviour.SILENT);
    String ask = body("{\"query\": \"slow\"}", "blocking");
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(Thread.ofVirtual().start(() -> server.post("/v1/workflows/run", askKey, ask)));
    }
    var gauge = "yagura_runs_waiting 1";
    while (!server.get("/metrics", null).text().contains(gauge)) {
      Thread.onSpinWait();
    }
    var full = server.post("/v1/workflows/run", askKey, ask);
    assertThat(full.status()).isEqualTo(429);
    assertThat(full.json().path("code").asText()).isEqualTo("too_many_requests");
    assertThat(full.whole().headers().firstValue("Retry-After")).isPresent();
    assertThat(
            server.post("/v1/workflows/run", key, body("{\"query\": \"x\"}", "blocking")).status())
        .isEqualTo(200);
    model.does(Behaviour.DENIED);
    for (var run : server.engine().store().journal().open()) {
      String task = dev.yagura.server.run.Runs.task(run.id());
      assertThat(
              server
                  .post("/v1/workflows/tasks/" + task + "/stop", askKey, "{\"user\": \"alice\"}")
                  .json()
                  .path("result")
                  .asText())
          .isEqualTo("success");
    }
    for (Thread one : waiting) {
      assertThat(one.join(Duration.ofSeconds(20))).isTrue();
    }
    model.does(Behaviour.ANSWERS);
    assertThat(server.get("/v1/workflows/logs?status=stopped", askKey).json().path("total").asInt())
        .isEqualTo(2);
  }

  @Test
  void a_client_that_goes_away_does_not_end_its_run() throws Exception {
    String body = body("{\"query\": \"abandoned\"}", "streaming");
    try (Socket socket = new Socket("127.0.0.1", java.net.URI.create(server.url()).getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/workflows/run HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + key
                      + "\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo('H');
    }
    JsonNode found = server.get("/v1/workflows/logs?keyword=abandoned", key).json();
    while (found.path("data").isEmpty()
        || found.path("data").get(0).path("workflow_run").path("finished_at").isNull()) {
      found = server.get("/v1/workflows/logs?keyword=abandoned", key).json();
    }
    assertThat(found.path("data").get(0).path("workflow_run").path("status").asText())
        .isEqualTo("succeeded");
  }

  /** As many as the process may have files open for both ends: ten thousand where it may. */
  @Test
  void connections_that_say_nothing_are_in_nobodys_way() throws IOException {
    List<Socket> silent = new ArrayList<>();
    int port = URI.create(server.url()).getPort();
    try {
      // Both ends are files of this process.
      long most = Math.min(10_000, (freeFiles() - 1_000) / 2);
      while (silent.size() < most) {
        silent.add(new Socket("127.0.0.1", port));
      }
      assertThat(silent.size()).isGreaterThan(200);
      Answer answer =
          server.post("/v1/workflows/run", key, body("{\"query\": \"busy?\"}", "blocking"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("You said busy?");
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  private static long freeFiles() {
    var system =
        (com.sun.management.UnixOperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    return system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
  }

  @Test
  void a_body_that_is_too_long_is_refused_unread() {
    var answer =
        server.post(
            "/v1/workflows/run", key, body("{\"query\": \"" + "x".repeat(11 << 20) + "\"}", "x"));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().path("message").asText()).contains("10485760");
  }

  @ParameterizedTest
  @CsvSource({"blocking", "streaming"})
  void one_key_at_the_same_moment_is_one_run(String mode) {
    String body = body("{\"query\": \"at once\"}", mode);
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(later(server, key, body, "Idempotency-Key", "at-once-" + mode));
    }
    assertThat(answers.stream().map(CompletableFuture::join))
        .allMatch(answer -> answer.status() == 200)
        .allMatch(answer -> answer.text().contains("You said at once"));
    int runs =
        server
            .get("/v1/workflows/logs?keyword=at%20once", key)
            .json()
            .path("data")
            .findValuesAsText("session_id")
            .size();
    assertThat(runs).isEqualTo(mode.equals("blocking") ? 1 : 2);
  }

  @Test
  void a_stop_is_said_to_whoever_waits_and_the_runs_go_on_afterwards() throws Exception {
    model.does(Behaviour.SILENT);
    Path own = folder.resolve("own");
    String token;
    CompletableFuture<Answer> blocking;
    CompletableFuture<Answer> streaming;
    try (var stopped = new TestServer(own, Map.of())) {
      stopped.engine().models().register("openai", Map.of("base-url", model.url()), List.of());
      token = stopped.publish(TestWorkflows.ask("Ask", "openai", "m"));
      String inputs = "{\"query\": \"x\"}";
      blocking = later(stopped, token, body(inputs, "blocking"));
      streaming = later(stopped, token, body(inputs, "streaming"));
      while (stopped.engine().store().journal().open().size() < 2) {
        Thread.onSpinWait();
      }
    }
    assertThat(blocking.join().status()).isEqualTo(503);
    assertThat(blocking.join().json().path("code").asText()).isEqualTo("stopping");
    assertThat(streaming.join().text()).contains("\"event\":\"error\"");
    model.does(Behaviour.SILENT);
    try (var again = new TestServer(own, Map.of())) {
      var open = again.engine().store().journal().open();
      assertThat(open).hasSize(2);
      assertThat(again.get("/metrics", null).text()).contains("yagura_runs_running 2");
      for (var run : open) {
        String task = dev.yagura.server.run.Runs.task(run.id());
        again.post("/v1/workflows/tasks/" + task + "/stop", token, "{\"user\": \"alice\"}");
      }
      while (!again.engine().store().journal().open().isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(again.get("/v1/workflows/logs?status=stopped", token).json().path("total").asInt())
          .isEqualTo(2);
    }
    model.does(Behaviour.ANSWERS);
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", URI.create(server.url()).getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void what_is_no_http_gets_an_answer_like_all_others() throws IOException {
    assertThat(raw("GET /v1/info HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("{\"code\":\"bad_request\"");
    assertThat(raw("GET /v1/info HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("\"status\":431");
  }

  @Test
  void a_form_that_is_none_is_the_senders_mistake() {
    Answer broken =
        server.post("/v1/files/upload", key, "zz", "Content-Type", "multipart/form-data");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.json().path("code").asText()).isEqualTo("bad_request");
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
            + "x".repeat(20 << 20)
            + "\r\n--b--\r\n";
    Answer large =
        server.post(
            "/v1/files/upload", key, form, "Content-Type", "multipart/form-data; boundary=b");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.json().path("code").asText()).isEqualTo("file_too_large");
  }

  @Test
  void a_file_is_its_apps_alone() {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nalice\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nx"
            + "\r\n--b--\r\n";
    String type = "multipart/form-data; boundary=b";
    String id =
        server.post("/v1/files/upload", key, form, "Content-Type", type).json().path("id").asText();
    String inputs =
        "{\"query\": \"x\", \"file\": {\"type\": \"document\", \"transfer_method\":"
            + " \"local_file\", \"upload_file_id\": \""
            + id
            + "\"}}";
    assertThat(server.post("/v1/workflows/run", key, body(inputs, "blocking")).status())
        .isEqualTo(200);
    Answer other = server.post("/v1/workflows/run", askKey, body(inputs, "blocking"));
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.json().path("message").asText()).contains("Invalid upload file");
    String without = form.replace("alice", " ");
    assertThat(server.post("/v1/files/upload", key, without, "Content-Type", type).text())
        .contains("Arg user must be provided.");
  }

  @Test
  void a_url_of_a_file_has_a_limit() {
    String files =
        "\"files\": [{\"transfer_method\": \"remote_url\", \"url\": \"http://x/"
            + "a".repeat(300_000)
            + "\"}], ";
    Answer refused =
        server.post(
            "/v1/workflows/run",
            key,
            body("{\"query\": \"x\"}", "blocking").replaceFirst("\\{", "{" + files));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("message").asText()).contains("at most 8192 characters");
  }
}
