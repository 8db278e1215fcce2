package dev.yagura.lambda;

import static dev.yagura.lambda.StubYagura.Reply.error;
import static dev.yagura.lambda.StubYagura.Reply.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.yagura.lambda.StubYagura.Reply;
import dev.yagura.lambda.StubYagura.Seen;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunModeTest {
  private StubYagura server;
  private InvokedFunction function;

  @BeforeEach
  void start() throws IOException {
    server = new StubYagura().always(request -> run("succeeded"));
    function = InvokedFunction.with(server, "MODE", "run");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void the_workflow_runs_with_the_finding_as_text() throws IOException {
    assertThat(function.invoke(Findings.event())).isEqualTo("{\"outcome\":\"delivered\"}");
    Seen seen = server.seen().getFirst();
    assertThat(seen.path()).isEqualTo("/v1/workflows/run");
    assertThat(seen.authorization()).isEqualTo("Bearer " + InvokedFunction.KEY);
    assertThat(seen.key()).isEqualTo(Findings.ID + "@" + Findings.UPDATED);
    JsonObject body = JsonParser.parseString(seen.body()).getAsJsonObject();
    assertThat(body.get("response_mode").getAsString()).isEqualTo("blocking");
    assertThat(body.get("user").getAsString()).isEqualTo("AnalyzeGuardDuty");
    JsonObject inputs = body.getAsJsonObject("inputs");
    assertThat(inputs.get("finding").getAsString()).isEqualTo(Findings.event());
    assertThat(inputs.get("type").getAsString()).isEqualTo("Recon:EC2/PortProbeUnprotectedPort");
    assertThat(inputs.get("severity")).hasToString("5.0");
    assertThat(function.log)
        .singleElement()
        .asString()
        .contains("\"run\":\"run-7\"", "\"run_status\":\"succeeded\"", "\"status\":200");
  }

  @Test
  void a_retry_of_the_same_update_has_the_same_key_and_a_later_update_another() throws IOException {
    function.invoke(Findings.event());
    function.invoke(Findings.sns(Findings.event()));
    function.invoke(Findings.event().replace(Findings.UPDATED, "2026-11-24T09:00:00Z"));
    assertThat(server.seen().get(1).key()).isEqualTo(server.seen().getFirst().key());
    assertThat(server.seen().get(2).key()).isNotEqualTo(server.seen().getFirst().key());
  }

  @Test
  void a_finding_without_a_usable_identity_is_known_by_its_contents() throws IOException {
    String bare = "{\"Id\":\"abc\",\"Type\":\"x\",\"Severity\":\"high\"}";
    function.invoke(bare);
    function.invoke(bare);
    function.invoke(Findings.event("EVIL ID \\n").replace(" ", ""));
    assertThat(server.seen())
        .extracting(Seen::key)
        .allMatch(key -> key.matches("sha256-[0-9a-f]{64}"));
    assertThat(server.seen().get(1).key()).isEqualTo(server.seen().getFirst().key());
    assertThat(server.seen().getFirst().body()).doesNotContain("\"severity\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"detail-type\":\"GuardDuty Finding\",\"detail\":[]}"})
  void without_a_finding_there_is_no_run(String body) throws IOException {
    assertThat(function.invoke(body)).contains("unusable");
    assertThat(server.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"partial-succeeded", "stopped", "paused"})
  void a_run_that_ended_otherwise_is_not_run_again(String status) throws IOException {
    server.answers(run(status));
    assertThat(function.invoke(Findings.event())).contains("delivered");
    assertThat(server.seen()).hasSize(1);
    assertThat(function.log.getFirst()).contains("\"run_status\":\"" + status + "\"");
  }

  @Test
  void the_finding_of_a_run_that_failed_is_handed_over_so_that_an_alert_goes_out()
      throws IOException {
    server.answers(run("failed"), StubYagura.ACCEPTED);
    assertThat(function.invoke(Findings.event())).contains("delivered");
    assertThat(server.seen())
        .extracting(Seen::path)
        .containsExactly("/v1/workflows/run", "/v1/findings");
    assertThat(server.seen().get(1).body()).isEqualTo(Findings.event());
    assertThat(function.log).hasSize(2);
    assertThat(function.log.getFirst()).contains("WARN", "the run has failed");
  }

  @Test
  void a_failed_run_of_a_server_without_an_intake_is_thrown() {
    server.answers(run("failed"), new Reply(404, ""));
    assertThatThrownBy(() -> function.invoke(Findings.event()))
        .hasMessageContaining("answer 404 (expected: 202)");
  }

  @Test
  void a_workflow_that_is_not_ready_is_thrown_because_it_can_be_set_right() {
    server.answers(error(400, "invalid_param", "Workflow not published"));
    assertThatThrownBy(() -> function.invoke(Findings.event()))
        .isInstanceOf(NotDelivered.class)
        .hasMessageContaining("not ready for findings (invalid_param)");
  }

  @Test
  void another_copy_of_an_update_that_has_a_run_is_done() throws IOException {
    server.answers(error(409, "idempotency_key_reused", "it was used for run r with other inputs"));
    assertThat(function.invoke(Findings.event())).contains("delivered");
  }

  @Test
  void a_run_that_has_not_begun_is_asked_for_again() {
    server.answers(
        error(409, "conflict", "another request with this Idempotency-Key has not begun its run"));
    assertThatThrownBy(() -> function.invoke(Findings.event())).hasMessageContaining("answer 409");
  }

  @Test
  void a_page_that_is_no_answer_of_a_run_is_thrown() {
    server.answers(new Reply(200, "<html>sign in</html>"));
    assertThatThrownBy(() -> function.invoke(Findings.event()))
        .hasMessageContaining("answer 200 (expected: 200 with the status of a run)");
  }

  @Test
  void a_run_that_outlasts_the_timeout_is_thrown() {
    server.always(request -> Reply.SILENCE);
    InvokedFunction hasty = InvokedFunction.with(server, "MODE", "run", "TIMEOUT_SECONDS", "1");
    assertThatThrownBy(() -> hasty.invoke(Findings.event())).hasMessage("no answer in time");
    assertThat(hasty.log).singleElement().asString().contains("not delivered: no answer in time");
  }

  @Test
  void the_outputs_of_a_run_are_not_in_the_log() throws IOException {
    function.invoke(Findings.event());
    assertThat(function.log).noneMatch(line -> line.contains("EVIL") || line.contains("SECRET"));
  }
}
