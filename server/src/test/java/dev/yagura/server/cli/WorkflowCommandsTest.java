package dev.yagura.server.cli;

import static dev.yagura.server.cli.CommandLineRun.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.yagura.server.WorkflowFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** design §5: what people do with DSL files at the shell. */
class WorkflowCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path folder;

  private Path file(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void the_doctor_says_per_node_what_is_there() throws Exception {
    Path errors = Path.of(CommandLineTest.class.getResource("/dsl/errors.yml").toURI());
    CommandLineRun run =
        CommandLineRun.of("workflow", "check", errors.toString(), "--format", "json");
    assertThat(run.exit()).isZero();
    JsonNode report = JSON.readTree(run.out());
    assertThat(report.get("status").asText()).isEqualTo("completed-with-warnings");
    assertThat(report.at("/nodes/1/state").asText()).isEqualTo("native");
    assertThat(report.at("/nodes/3/state").asText()).isEqualTo("native");
    Path agent =
        file("agent.yml", Files.readString(errors).replaceFirst("type: llm,", "type: agent,"));
    JsonNode other =
        JSON.readTree(
            CommandLineRun.of("workflow", "check", agent.toString(), "--format", "json").out());
    assertThat(other.at("/nodes/1/state").asText()).isEqualTo("not-yet");
    assertThat(other.at("/problems/0/line").asInt()).isPositive();
    Path missing =
        file("missing.yml", Files.readString(errors).replace("target: rescue}", "target: resque}"));
    CommandLineRun failed =
        CommandLineRun.of("workflow", "check", errors.toString(), missing.toString());
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.out())
        .contains("does not import", "which is not in the file", "did you mean rescue?");
  }

  @Test
  void a_workflow_that_makes_no_alert_or_fails_still_ends_in_one() throws Exception {
    Path silent =
        file(
            "silent.yml",
            """
            app: {name: Silent, mode: workflow}
            workflow:
              graph:
                nodes:
                  - {id: start, data: {type: start, title: Start, variables: [{variable: finding, label: f, type: paragraph}]}}
                  - {id: end, data: {type: end, title: End, outputs: []}}
                edges: [{source: start, target: end}]
            """);
    String finding = sample("Trojan:EC2/DropPoint");
    CommandLineRun run =
        CommandLineRun.with(
            finding,
            Map.of(),
            false,
            "analyze",
            "--workflow",
            silent.toString(),
            "--format",
            "json",
            "-");
    assertThat(run.exit()).isZero();
    assertThat(JSON.readTree(run.out()).get("sources").asText())
        .contains("no model was used: the workflow made no alert");
    Path failing =
        file(
            "failing.yml",
            Files.readString(silent).replace("type: end, title", "type: code, title"));
    CommandLineRun failed =
        CommandLineRun.with(
            finding,
            Map.of(),
            false,
            "analyze",
            "--workflow",
            failing.toString(),
            "--format",
            "json",
            "-");
    assertThat(failed.exit()).isZero();
    assertThat(JSON.readTree(failed.out()).get("sources").asText())
        .contains("Unknown node type: code");
  }

  @Test
  void the_bundled_workflow_takes_a_models_words_and_marks_them() throws Exception {
    Path bundled = file("handler.yml", WorkflowFiles.bundled());
    CommandLineRun run =
        CommandLineRun.of(
            "workflow",
            "run",
            bundled.toString(),
            "--inputs",
            JSON.createObjectNode().put("finding", sample("Trojan:EC2/DropPoint")).toString(),
            "--mock",
            "llm={\"text\": \"Probably a scanner.\"}",
            "--mock",
            "knowledge={\"result\": []}",
            "--format",
            "json",
            "--events");
    JsonNode result = JSON.readTree(run.out());
    assertThat(result.get("status").asText()).isEqualTo("succeeded");
    assertThat(result.at("/outputs/analysis").asText()).isEqualTo("Probably a scanner.");
    assertThat(result.at("/outputs/explanation").isNull()).isTrue();
    assertThat(result.at("/outputs/severity").asText()).isEqualTo("medium");
  }

  @Test
  void unusable_files_do_not_keep_the_doctor_from_the_others() throws Exception {
    Path good = file("good.yml", WorkflowFiles.bundled());
    CommandLineRun run =
        CommandLineRun.of(
            "workflow", "check", folder.resolve("absent.yml").toString(), good.toString());
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("there is no such file");
    assertThat(run.out()).contains("imports");
  }
}
