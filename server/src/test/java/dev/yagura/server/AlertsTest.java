package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.aws.testkit.BedrockStub;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.run.Outbox.State;
import dev.yagura.server.app.App;
import dev.yagura.server.app.Keys;
import dev.yagura.server.config.Key;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Findings go in over HTTP; what arrives in Slack, whatever the model does. */
class AlertsTest {
  private static final String HAIKU = "global.anthropic.claude-haiku-4-5-20251001-v1:0";
  private static final String TYPE = "Recon:EC2/PortProbeUnprotectedPort";

  @TempDir static Path folder;

  private static final BedrockStub BEDROCK = new BedrockStub();
  private static final Samples SAMPLES = new Samples(Catalogue.load());
  private static TestServer server;
  private static String intake;
  private static int sent;

  @BeforeAll
  static void start() {
    server =
        new TestServer(
            folder,
            Map.of(
                Key.MODEL_FIRST_TOKEN_SECONDS, "5",
                Key.MODEL_SECONDS, "7",
                Key.FINDINGS_SECONDS, "30"));
    server.useBedrock(BEDROCK, HAIKU);
    intake = server.engine().keys().make(Keys.Kind.INTAKE, "").token();
  }

  @AfterAll
  static void stop() {
    server.close();
    BEDROCK.close();
  }

  /** A finding of an activity that was not told of before. */
  private static String finding() {
    var event = SAMPLES.event(TYPE);
    event.withObject("/detail").put("id", String.format("%032x", ++sent));
    event.withObject("/detail").put("accountId", Long.toString(700_000_000_000L + sent));
    return event.toString();
  }

  private static String alertOf(String key) throws InterruptedException {
    var accepted = server.post("/v1/findings", key, finding());
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.json().path("duplicate").asBoolean()).isFalse();
    JsonNode message = server.slack().next(40);
    assertThat(message).isNotNull();
    return message.toString();
  }

  @Test
  void the_alert_has_the_words_of_the_model() throws Exception {
    BEDROCK.does(Behaviour.ANSWERS);
    assertThat(alertOf(intake))
        .contains("Port 22 was probed.")
        .contains("Do now")
        .doesNotContain("no model was used");
    assertThat(BEDROCK.calls().getLast().model()).isEqualTo(HAIKU);
    String prompt = BEDROCK.calls().getLast().body().toString();
    assertThat(prompt).contains("===== FACTS =====").contains(TYPE);
    assertThat(prompt).as("the catalogue was looked up").contains("A port that answers is tried");
  }

  @ParameterizedTest
  @CsvSource({
    "EMPTY, answered with no text",
    "CUT, was cut off at 1024 tokens",
    "FILTERED, declined to answer",
    "THROTTLED, ThrottlingException",
    "DENIED, is not authorized to perform",
    "WRONG_REQUEST, expected: an inference profile",
    "DOWN, ServiceUnavailableException",
    "SILENT, gave no first token in time",
    "NEVER_ENDS, gave no complete answer in time",
    "BREAKS_OFF, The model broke off",
    "GARBAGE, no model was used",
    "TOO_LONG, longer than 400000 characters"
  })
  void without_the_model_the_alert_is_the_floor_with_the_reason(Behaviour behaviour, String reason)
      throws Exception {
    BEDROCK.does(behaviour);
    assertThat(alertOf(intake)).contains("no model was used").contains(reason).contains("Do now");
  }

  @ParameterizedTest
  @CsvSource({"guardrail_intervened, guardrail", "refusal, declined to answer"})
  void a_guardrail_and_a_refusal_are_named(String stop, String reason) throws Exception {
    BEDROCK.stops(stop);
    assertThat(alertOf(intake)).contains("no model was used").contains(reason);
  }

  @Test
  void a_workflow_without_a_way_for_failures_ends_in_an_alert_as_well() throws Exception {
    App app =
        server
            .engine()
            .apps()
            .add(
                "x.yml",
                TestWorkflows.ask("No way out", "bedrock", HAIKU).replace("query", "finding"),
                Map.of(),
                Map.of())
            .app();
    server.engine().apps().publish(app);
    String key = server.engine().keys().make(Keys.Kind.APP, app.id()).token();
    BEDROCK.does(Behaviour.DENIED);
    assertThat(alertOf(key)).contains("is not authorized to perform").contains("Do now");
    BEDROCK.does(Behaviour.ANSWERS);
    assertThat(alertOf(key)).contains("the workflow made no alert");
  }

  @Test
  void the_same_finding_again_is_a_duplicate() throws Exception {
    BEDROCK.does(Behaviour.ANSWERS);
    String event = finding();
    var first = server.post("/v1/findings", intake, event);
    var second = server.post("/v1/findings", intake, event);
    assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(second.json().path("duplicate").asBoolean()).isTrue();
    assertThat(server.slack().next(20)).isNotNull();
    assertThat(server.post("/v1/findings", intake, "[]").status()).isEqualTo(400);
    var other = server.post("/v1/findings", intake, "{\"source\":\"aws.ec2\",\"detail\":{}}");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.json().path("code").asText()).isEqualTo("unusable_finding");
  }

  @Test
  void what_could_not_be_read_again_is_refused_and_nothing_waits_for_it() throws Exception {
    BEDROCK.does(Behaviour.ANSWERS);
    String deep =
        "{\"schemaVersion\":\"2.0\",\"accountId\":\"1\",\"region\":\"us-east-1\",\"id\":\"d\",\"type\":\""
            + TYPE
            + "\",\"severity\":2,\"resource\":{},\"service\":{},\"zz\":"
            + "[".repeat(199)
            + "]".repeat(199)
            + "}";
    var refused = server.post("/v1/findings", intake, deep);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("message").asText()).contains("nested deeper than 200");
    assertThat(alertOf(intake)).contains("Port 22 was probed.");
  }

  @Test
  void a_body_of_very_many_things_has_a_short_answer() {
    var refused = server.post("/v1/findings", intake, "1\n".repeat(200_000));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text().length()).isLessThan(5_000);
    assertThat(refused.text()).contains("and 981 more");
  }

  @Test
  void without_a_published_workflow_the_floor_goes_out() throws Exception {
    App app =
        server
            .engine()
            .apps()
            .add("x.yml", TestWorkflows.echo("Unpublished"), Map.of(), Map.of())
            .app();
    String key = server.engine().keys().make(Keys.Kind.APP, app.id()).token();
    assertThat(alertOf(key)).contains("Workflow not published").contains("Do now");
    assertThat(server.engine().store().outbox().counts().getOrDefault(State.FAILED, 0)).isZero();
  }
}
