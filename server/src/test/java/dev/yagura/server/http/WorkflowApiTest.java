package dev.yagura.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.OpenAiStub;
import dev.yagura.server.TestServer;
import dev.yagura.server.TestWorkflows;
import dev.yagura.server.app.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API as clients of Dify's see it (dify-contract §4). */
class WorkflowApiTest {
  @TempDir static Path folder;

  private static OpenAiStub model;
  private static TestServer server;
  private static String key;
  private static String askKey;

  @BeforeAll
  static void start() {
    model = new OpenAiStub();
    server = new TestServer(folder, Map.of());
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

  private static List<JsonNode> events(String stream) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : stream.split("\n")) {
      if (line.startsWith("data: ")) {
        events.add(new JsonMapper().readTree(line.substring(6)));
      }
    }
    return events;
  }

  @Test
  void a_blocking_run_answers_with_the_outputs_in_ascii() {
    var answer = server.post("/v1/workflows/run", key, body("{\"query\": \"櫓\"}", "blocking"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("You said \\u6AD3");
    JsonNode data = answer.json().path("data");
    assertThat(data.path("status").asText()).isEqualTo("succeeded");
    assertThat(data.path("error").isNull()).isTrue();
    assertThat(data.path("total_steps").asInt()).isEqualTo(3);
    assertThat(data.path("outputs").path("query").asText()).isEqualTo("櫓");
    assertThat(data.path("created_at").isIntegralNumber()).isTrue();
    assertThat(answer.json().path("workflow_run_id")).isEqualTo(data.path("id"));
    String run = data.path("id").asText();
    JsonNode again = server.get("/v1/workflows/run/" + run, key).json();
    assertThat(again.path("inputs").asText()).contains("\"query\":\"櫓\"").contains("sys.user_id");
    assertThat(again.path("outputs").asText()).contains("You said");
    assertThat(server.get("/v1/workflows/run/" + run, askKey).status()).isEqualTo(404);
  }

  @Test
  void a_streaming_run_sends_difys_events_in_order() throws IOException {
    var answer = server.post("/v1/workflows/run", key, body("{\"query\": \"hi\"}", "streaming"));
    assertThat(answer.whole().headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    List<JsonNode> events = events(answer.text());
    assertThat(events)
        .extracting(event -> event.path("event").asText())
        .containsExactly(
            "workflow_started",
            "node_started",
            "node_finished",
            "node_started",
            "text_chunk",
            "text_chunk",
            "text_chunk",
            "node_finished",
            "node_started",
            "node_finished",
            "workflow_finished");
    assertThat(events).allMatch(event -> event.hasNonNull("task_id"));
    JsonNode started = events.getFirst().path("data");
    assertThat(started.path("inputs").path("query").asText()).isEqualTo("hi");
    assertThat(started.path("inputs").path("sys.user_id").asText()).isEqualTo("alice");
    JsonNode node = events.get(7).path("data");
    assertThat(node.path("node_id").asText()).isEqualTo("say");
    assertThat(node.path("status").asText()).isEqualTo("succeeded");
    assertThat(node.path("outputs").path("output").asText()).isEqualTo("You said hi");
    assertThat(node.path("inputs").path("q").asText()).isEqualTo("hi");
    JsonNode end = events.getLast().path("data");
    assertThat(end.path("total_steps").asInt()).isEqualTo(3);
    assertThat(end.path("created_by").path("user").asText()).isEqualTo("alice");
  }

  @Test
  void the_text_of_a_model_is_streamed_as_it_comes() throws IOException {
    model.does(Behaviour.ANSWERS);
    var answer = server.post("/v1/workflows/run", askKey, body("{\"query\": \"?\"}", "streaming"));
    List<String> chunks =
        events(answer.text()).stream()
            .filter(event -> event.path("event").asText().equals("text_chunk"))
            .map(event -> event.path("data").path("text").asText())
            .toList();
    assertThat(String.join("", chunks)).isEqualTo("Port 22 was probed. ポートが探索されました。");
    assertThat(chunks.size()).isGreaterThan(1);
    JsonNode finished = events(answer.text()).getLast().path("data");
    assertThat(finished.path("total_tokens").asInt()).isEqualTo(46);
    assertThat(answer.text()).contains("ポート");
  }

  @Test
  void a_node_that_fails_is_an_answer_and_no_error_of_the_api() {
    model.does(Behaviour.DENIED);
    var answer = server.post("/v1/workflows/run", askKey, body("{\"query\": \"?\"}", "blocking"));
    model.does(Behaviour.ANSWERS);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("data").path("status").asText()).isEqualTo("failed");
    assertThat(answer.json().path("data").path("error").asText()).contains("invalid_api_key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/workflows/run | none | {} | 401 | unauthorized | Authorization header must be"
            + " provided",
        "/v1/workflows/run | app-wrong | {} | 401 | unauthorized | Access token is invalid",
        "/v1/workflows/run | KEY | { | 400 | bad_request | Invalid JSON payload",
        "/v1/workflows/run | KEY | [] | 400 | bad_request | Invalid JSON payload",
        "/v1/workflows/run | KEY | {\"inputs\":{}} | 400 | invalid_param | Arg user must be"
            + " provided.",
        "/v1/workflows/run | KEY | {\"user\":\"a\"} | 400 | invalid_param | inputs: Field required",
        "/v1/workflows/run | KEY | {\"inputs\":{},\"user\":\"a\"} | 400 | invalid_param | query is"
            + " required in input form",
        "/v1/workflows/run | KEY | {\"inputs\":{\"query\":5},\"user\":\"a\"} | 400 | invalid_param"
            + " | query in input form must be a string",
        "/v1/workflows/run | KEY |"
            + " {\"inputs\":{\"query\":\"x\"},\"user\":\"a\",\"response_mode\":\"x\"} | 400 |"
            + " invalid_param | response_mode: 'x' (expected: blocking or streaming)",
        "/v1/workflows/nonsense/run | KEY | {\"inputs\":{},\"user\":\"a\"} | 400 | bad_request |"
            + " Invalid workflow_id format",
        "/v1/workflows/00000000-0000-0000-0000-000000000000/run | KEY |"
            + " {\"inputs\":{},\"user\":\"a\"} | 404 | not_found | Workflow not found with id",
        "/v1/nothing | KEY | {} | 404 | not_found | There is nothing at this address."
      })
  void refuses_what_dify_refuses(
      String path, String token, String body, int status, String code, String message) {
    String used = token.equals("KEY") ? key : token;
    var answer = server.post(path, token.equals("none") ? null : used, body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("code").asText()).isEqualTo(code);
    assertThat(answer.json().path("message").asText()).contains(message);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.whole().headers().firstValue("WWW-Authenticate").isPresent())
        .isEqualTo(status == 401);
  }

  @Test
  void an_unpublished_workflow_says_so() {
    var app =
        server.engine().apps().add("x.yml", TestWorkflows.echo("Draft"), Map.of(), Map.of()).app();
    String draft = server.engine().keys().make(Keys.Kind.APP, app.id()).token();
    var answer = server.post("/v1/workflows/run", draft, body("{\"query\": \"x\"}", "blocking"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("message").asText()).isEqualTo("Workflow not published");
    assertThat(server.get("/v1/parameters", draft).json().path("code").asText())
        .isEqualTo("app_unavailable");
  }

  @Test
  void an_idempotency_key_gives_the_same_run_again() throws IOException {
    String body = body("{\"query\": \"once\"}", "blocking");
    var first = server.post("/v1/workflows/run", key, body, "Idempotency-Key", "k-1");
    var second = server.post("/v1/workflows/run", key, body, "Idempotency-Key", "k-1");
    var changed =
        server.post(
            "/v1/workflows/run", key, body.replace("once", "else"), "Idempotency-Key", "k-1");
    assertThat(changed.status()).isEqualTo(409);
    assertThat(changed.json().path("code").asText()).isEqualTo("idempotency_key_reused");
    assertThat(changed.text()).contains("used for run").contains("with other inputs");
    assertThat(second.json()).isEqualTo(first.json());
    var streamed =
        server.post(
            "/v1/workflows/run",
            key,
            body("{\"query\": \"once\"}", "streaming"),
            "Idempotency-Key",
            "k-1");
    assertThat(events(streamed.text()).getLast().path("data").path("id"))
        .isEqualTo(first.json().path("workflow_run_id"));
    var other =
        server.post(
            "/v1/workflows/run",
            askKey,
            body("{\"query\": \"once\"}", "blocking"),
            "Idempotency-Key",
            "k-1");
    assertThat(other.json().path("workflow_run_id"))
        .isNotEqualTo(first.json().path("workflow_run_id"));
  }

  @Test
  void logs_hold_the_runs_of_the_app_alone() {
    server.post("/v1/workflows/run", key, body("{\"query\": \"a needle\"}", "blocking"));
    JsonNode found = server.get("/v1/workflows/logs?keyword=a%20needle&limit=5", key).json();
    assertThat(found.path("total").asInt()).isEqualTo(1);
    assertThat(found.path("has_more").asBoolean()).isFalse();
    JsonNode log = found.path("data").get(0);
    assertThat(log.path("workflow_run").path("status").asText()).isEqualTo("succeeded");
    assertThat(log.path("created_from").asText()).isEqualTo("service-api");
    assertThat(log.path("created_by_end_user").path("session_id").asText()).isEqualTo("alice");
    assertThat(
            server
                .get("/v1/workflows/logs?keyword=a%20needle", askKey)
                .json()
                .path("total")
                .asInt())
        .isZero();
    assertThat(server.get("/v1/workflows/logs?limit=1000", key).status()).isEqualTo(400);
    assertThat(server.get("/v1/workflows/logs?created_at__after=yesterday", key).status())
        .isEqualTo(400);
    assertThat(
            server
                .get("/v1/workflows/logs?created_at__after=2099-01-01T00:00:00Z", key)
                .json()
                .path("total")
                .asInt())
        .isZero();
  }

  @Test
  void the_app_says_what_it_is() {
    JsonNode info = server.get("/v1/info", key).json();
    assertThat(info.path("name").asText()).isEqualTo("Echo");
    assertThat(info.path("mode").asText()).isEqualTo("workflow");
    JsonNode form = server.get("/v1/parameters", key).json().path("user_input_form");
    assertThat(form.get(0).path("paragraph").path("variable").asText()).isEqualTo("query");
    assertThat(form.get(0).path("paragraph").path("required").asBoolean()).isTrue();
    assertThat(server.get("/v1/site", key).json().path("title").asText()).isEqualTo("Echo");
    assertThat(server.get("/v1/meta", key).json().path("tool_icons").isObject()).isTrue();
    assertThat(server.get("/v1/", null).json().path("api_version").asText()).isEqualTo("v1");
  }

  @Test
  void operations_are_the_administrators_alone() {
    assertThat(server.get("/api/workflows", key).status()).isEqualTo(401);
    assertThat(server.get("/api/workflows", null).status()).isEqualTo(401);
    JsonNode apps = server.get("/api/workflows", server.adminToken()).json().path("data");
    assertThat(apps.toString()).contains("GuardDutyHandler");
    String intake = server.engine().keys().make(Keys.Kind.INTAKE, "").token();
    assertThat(server.get("/v1/info", intake).status()).isEqualTo(403);
    assertThat(server.get("/healthz", null).text()).isEqualTo("ok");
    assertThat(server.get("/readyz", null).status()).isEqualTo(200);
    assertThat(server.get("/metrics", null).text()).contains("yagura_runs_started_total");
    JsonNode openApi = server.get("/api/openapi.json", null).json();
    assertThat(openApi.path("openapi").asText()).isEqualTo("3.1.0");
    openApi
        .path("paths")
        .forEach(
            path ->
                path.forEach(
                    operation -> assertThat(operation.path("summary").asText()).isNotBlank()));
  }
}
