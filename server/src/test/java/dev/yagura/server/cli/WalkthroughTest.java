package dev.yagura.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.aws.testkit.BedrockStub;
import dev.yagura.server.TestServer;
import dev.yagura.server.WorkflowFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/walkthrough.md from the first to the last step, without a console. */
class WalkthroughTest {
  private static final String HAIKU = "global.anthropic.claude-haiku-4-5-20251001-v1:0";
  private static final String TYPE = "Recon:EC2/PortProbeUnprotectedPort";
  private static final Path DOCUMENTS =
      Path.of(System.getProperty("user.dir"))
          .resolve("../../shared/data/guardduty-docs")
          .normalize();

  @TempDir static Path folder;

  private static BedrockStub bedrock;
  private static TestServer server;

  @BeforeAll
  static void start() {
    // What an instance role gives: credentials that the SDK's default chain finds by itself.
    System.setProperty("aws.accessKeyId", "ASIAEXAMPLE");
    System.setProperty("aws.secretAccessKey", "an-example-secret");
    System.setProperty("aws.sessionToken", "an-example-session");
    bedrock = new BedrockStub();
    server = new TestServer(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
    bedrock.close();
    List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.sessionToken")
        .forEach(System::clearProperty);
  }

  private static CommandLineRun yagura(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = folder.resolve("data").toString();
    return CommandLineRun.with("", Map.of("SLACK_WEBHOOK", server.slack().url()), false, all);
  }

  private static String done(CommandLineRun run) {
    assertThat(run.exit()).as(run.err() + run.out()).isZero();
    return run.out();
  }

  @Test
  void from_an_empty_installation_to_the_logs_of_a_run() throws Exception {
    assumeThat(DOCUMENTS).as("the shared documents are not there").exists();
    registerTheModel();
    uploadTheDocuments();
    String name = importTheWorkflow();
    assertThat(done(yagura("slack", "set", "env:SLACK_WEBHOOK"))).contains("set: Slack webhook");
    testWithAFinding(name);
    assertThat(done(yagura("workflow", "publish", name))).contains("published");
    String key = done(yagura("key", "create", "--workflow", name)).strip();
    assertThat(key).matches("app-[A-Za-z0-9]{24}");
    callTheApi(key);
    callTheApiAsPasted(key);
    readTheLogs(key);
    takeThingsOut(name, key);
  }

  private void takeThingsOut(String name, String key) {
    assertThat(done(yagura("workflow", "delete", name, "--yes"))).contains("with its key");
    assertThat(server.get("/v1/info", key).status()).isEqualTo(401);
    assertThat(yagura("model", "remove", "bedrock").err()).contains("or --force");
    assertThat(done(yagura("model", "remove", "bedrock", "--force")))
        .contains(HAIKU + " was the system's chat model");
    assertThat(done(yagura("slack", "unset"))).contains("the webhook is removed");
  }

  private void registerTheModel() {
    String out =
        done(
            yagura(
                "model",
                "add",
                "bedrock",
                "--region",
                "ap-northeast-1",
                "--option",
                "endpoint-url=" + bedrock.url(),
                "--model",
                HAIKU,
                "--embedding",
                "amazon.titan-embed-text-v2:0"));
    assertThat(out).contains("bedrock is registered").contains(HAIKU);
    assertThat(done(yagura("model", "test"))).contains("answers after");
    assertThat(bedrock.calls().getLast().signature()).contains("Credential=ASIAEXAMPLE/");
  }

  private void uploadTheDocuments() {
    String out =
        done(
            yagura(
                "knowledge",
                "add",
                "--base",
                "GuardDuty",
                DOCUMENTS.resolve("finding-types.pdf").toString(),
                DOCUMENTS.resolve("remediate.pdf").toString()));
    assertThat(out)
        .contains("1/2 finding-types.pdf: ")
        .contains("2 of 2 documents are in GuardDuty")
        .doesNotContain("without vectors");
    assertThat(done(yagura("knowledge", "search", "--base", "GuardDuty", TYPE)))
        .contains("finding-types.pdf")
        .contains(TYPE);
  }

  private String importTheWorkflow() throws Exception {
    String dsl =
        WorkflowFiles.bundled()
            .replace("name: GuardDutyHandler", "name: GuardDutyFromDify")
            .replace(
                "dataset_ids: []",
                "dataset_ids:"
                    + " ['nUGjW0cRtFfZb6YzqkF1c2Vu8q3mAv1bUuO3g0aVwzKcXk0pLr5dN1mE2hB7yJ4s']");
    Path file = Files.writeString(folder.resolve("handler.yml"), dsl);
    CommandLineRun imported = yagura("workflow", "import", file.toString());
    assertThat(imported.exit()).isZero();
    assertThat(imported.err())
        .contains("knowledge is of another installation and must be bound")
        .contains("yagura workflow bind 'GuardDutyFromDify' knowledge=KNOWLEDGE");
    assertThat(imported.out()).contains("not published");
    String wrong = yagura("workflow", "bind", "GuardDutyFromDify", "knowledge=GuardDty").err();
    assertThat(wrong).contains("did you mean GuardDuty?");
    done(yagura("workflow", "bind", "GuardDutyFromDify", "knowledge=GuardDuty"));
    return "GuardDutyFromDify";
  }

  private void testWithAFinding(String name) throws Exception {
    Path finding = Files.writeString(folder.resolve("finding.json"), CommandLineRun.sample(TYPE));
    String out = done(yagura("workflow", "test", name, finding.toString()));
    assertThat(out).contains("Analysis").contains("succeeded").contains("Port 22 was probed.");
    assertThat(server.slack().next(20).toString()).contains("Port 22 was probed.");
    String prompt = bedrock.calls().getLast().body().toString();
    assertThat(prompt.replaceAll(".*===== DOCUMENTS =====|===== END OF DOCUMENTS.*", ""))
        .as("what was looked up is in the prompt")
        .hasSizeGreaterThan(500)
        .contains("PortProbeUnprotectedPort");
  }

  private void callTheApi(String key) throws Exception {
    String escaped = new JsonMapper().writeValueAsString(CommandLineRun.sample(TYPE).strip());
    JsonNode run = curl(key, escaped);
    assertThat(run.path("data").path("status").asText()).isEqualTo("succeeded");
    JsonNode outputs = run.path("data").path("outputs");
    assertThat(outputs.path("type").asText()).isEqualTo(TYPE);
    assertThat(outputs.path("analysis").asText()).startsWith("Port 22 was probed.");
    assertThat(outputs.path("alert_id").asText()).isNotBlank();
    assertThat(server.slack().next(20).toString()).contains("123456789012");
  }

  /** With the body as the article prints it, trailing comma and all. */
  private void callTheApiAsPasted(String key) throws Exception {
    JsonNode run = curl(key, "\"{...}\"");
    assertThat(run.path("data").path("status").asText()).isEqualTo("succeeded");
    JsonNode outputs = run.path("data").path("outputs");
    assertThat(outputs.path("summary").asText()).contains("no valid JSON").contains("open port");
    assertThat(server.slack().next(20).toString())
        .contains("open port")
        .contains("Addresses on the internet are scanned all day");
  }

  private static JsonNode curl(String key, String finding) throws Exception {
    String body =
        "{\"inputs\": {\"type\": \"Recon:EC2/PortProbeUnprotectedPort\", \"severity\": 4.0,"
            + " \"finding\": "
            + finding
            + ",}, \"response_mode\": \"blocking\", \"user\": \"alice\"}";
    Process process =
        new ProcessBuilder(
                "curl",
                "-sS",
                "-X",
                "POST",
                server.url() + "/v1/workflows/run",
                "--header",
                "Authorization: Bearer " + key,
                "--header",
                "Content-Type: application/json",
                "--data-raw",
                body)
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return new JsonMapper().readTree(out);
  }

  private void readTheLogs(String key) {
    JsonNode logs = server.get("/v1/workflows/logs", key).json();
    assertThat(logs.path("total").asInt()).isEqualTo(3);
    JsonNode newest = logs.path("data").get(0).path("workflow_run");
    assertThat(newest.path("status").asText()).isEqualTo("succeeded");
    assertThat(newest.path("total_tokens").asInt()).isEqualTo(46);
    assertThat(done(yagura("slack", "status"))).contains("3 delivered, 0 waiting, 0 failed");
    assertThat(done(yagura("doctor", "--offline")))
        .contains("ok       workflows")
        .contains("ok       model")
        .contains("ok       slack")
        .doesNotContain("MISSING");
  }
}
