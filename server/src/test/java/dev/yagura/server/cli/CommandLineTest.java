package dev.yagura.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.yagura.server.WorkflowFiles;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** design §5: what a person types, what comes out, and what the process ends with. */
class CommandLineTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("../samples");
  @TempDir Path folder;

  private Path file(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content);
  }

  private static String sample(String type) {
    return CommandLineRun.of("sample", type).out();
  }

  @Test
  void the_bundled_samples_are_explained_in_both_languages() throws Exception {
    List<String> files = new ArrayList<>();
    try (var listed = Files.list(SAMPLES)) {
      listed.sorted().forEach(sample -> files.add(sample.toString()));
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(8);
    for (String language : List.of("en", "ja")) {
      List<String> arguments = new ArrayList<>(List.of("analyze", "--lang", language));
      arguments.addAll(files);
      CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
      assertThat(run.exit()).isZero();
      assertThat(run.err()).isEmpty();
      String sources = language.equals("ja") ? "根拠：" : "Sources: ";
      assertThat(run.out().split(sources, -1)).hasSize(files.size() + 1);
      assertThat(run.out())
          .contains("123456789012", "ap-northeast-1", "aws ")
          .doesNotContain("\u001b[");
    }
  }

  @Test
  void json_has_one_object_per_line_with_the_promised_keys() throws Exception {
    String two =
        sample("Trojan:EC2/DGADomainRequest.C!DNS") + sample("Policy:IAMUser/RootCredentialUsage");
    CommandLineRun run =
        CommandLineRun.with(two, Map.of(), false, "analyze", "--format", "json", "-");
    assertThat(run.exit()).isZero();
    String[] lines = run.out().split("\n");
    assertThat(lines).hasSize(2);
    JsonNode first = JSON.readTree(lines[0]);
    assertThat(first.at("/finding/type").asText()).isEqualTo("Trojan:EC2/DGADomainRequest.C!DNS");
    assertThat(first.at("/finding/account").asText()).isEqualTo("123456789012");
    assertThat(first.at("/finding/region").asText()).isEqualTo("ap-northeast-1");
    assertThat(first.at("/finding/resource").asText()).isEqualTo("i-0a1b2c3d4e5f60718");
    assertThat(first.at("/finding/severity").asDouble()).isEqualTo(8);
    assertThat(first.get("severity").asText()).isEqualTo("high");
    assertThat(first.get("summary").asText()).contains("[SAMPLE] High");
    assertThat(first.get("next_steps").size()).isBetween(3, 4);
    assertThat(first.get("source").asText()).isEqualTo("floor");
  }

  @Test
  void slack_has_one_message_per_line() throws Exception {
    CommandLineRun run =
        CommandLineRun.with(
            sample("Backdoor:Lambda/C&CActivity.B"),
            Map.of(),
            false,
            "analyze",
            "--format",
            "slack",
            "-");
    JsonNode message = JSON.readTree(run.out());
    assertThat(message.get("text").asText()).contains("Lambda");
    assertThat(message.get("blocks").toString()).contains("C&amp;CActivity.B");
  }

  @Test
  void the_language_is_the_shells_unless_one_is_asked_for() {
    String finding = sample("Trojan:EC2/DropPoint");
    assertThat(
            CommandLineRun.with(finding, Map.of("LANG", "ja_JP.UTF-8"), false, "analyze", "-")
                .out())
        .contains("何が起きたか");
    assertThat(CommandLineRun.with(finding, Map.of("LANG", "C.UTF-8"), false, "analyze", "-").out())
        .contains("What happened");
    assertThat(
            CommandLineRun.with(
                    finding, Map.of("LANG", "ja_JP.UTF-8"), false, "analyze", "--lang", "en", "-")
                .out())
        .contains("What happened");
    assertThat(
            CommandLineRun.with(
                    finding, Map.of(), false, "analyze", "--time-zone", "Asia/Tokyo", "-")
                .out())
        .contains("10:10:08 JST");
    assertThat(CommandLineRun.with(finding, Map.of(), true, "analyze", "-").out())
        .contains("\u001b[1m");
  }

  @Test
  void one_unusable_item_costs_exit_3_and_not_the_others() throws Exception {
    Path good = file("good.json", sample("Trojan:EC2/DropPoint"));
    Path bad =
        file(
            "bad.json",
            "{\"detail-type\":\"GuardDuty Runtime Protection"
                + " Healthy\",\"source\":\"aws.guardduty\",\"detail\":{}}");
    CommandLineRun run =
        CommandLineRun.of(
            "analyze", bad.toString(), folder.resolve("absent.json").toString(), good.toString());
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).contains("What happened");
    assertThat(run.err())
        .contains(
            "bad.json",
            "'GuardDuty Runtime Protection Healthy'",
            "expected: detail-type 'GuardDuty Finding'")
        .contains("absent.json: there is no such file");
  }

  @Test
  void unusable_input_is_named_and_ends_with_3() throws Exception {
    var cut = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(cut)) {
      gzip.write(sample("Trojan:EC2/DropPoint").getBytes(StandardCharsets.UTF_8));
    }
    byte[] truncated = Arrays.copyOf(cut.toByteArray(), cut.size() / 2);
    assertUnusable(
        CommandLineRun.with(truncated, Map.of(), false, "analyze", "-"), "ends too early");
    assertUnusable(CommandLineRun.with("hello", Map.of(), false, "analyze", "-"), "no valid JSON");
    assertUnusable(
        CommandLineRun.with("{}", Map.of(), false, "analyze", "-"), "no GuardDuty finding");
    assertUnusable(
        CommandLineRun.with(new byte[] {(byte) 0xc3, 0x28}, Map.of(), false, "analyze", "-"),
        "no valid JSON");
    assertUnusable(CommandLineRun.of("analyze", folder.toString()), "is a folder");
    Path broken = file("broken.yml", "app: [");
    assertUnusable(
        CommandLineRun.with("{}", Map.of(), false, "analyze", "--workflow", broken.toString(), "-"),
        "broken.yml:1:");
    assertUnusable(CommandLineRun.of("workflow", "run", broken.toString()), "no valid YAML");
  }

  private static void assertUnusable(CommandLineRun run, String message) {
    assertThat(run.exit()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).contains(message).doesNotContain("Exception");
  }

  @Test
  void a_wrong_command_line_ends_with_2_and_says_what_was_expected() {
    assertUsage(CommandLineRun.of("analyze"), "FILE");
    assertUsage(CommandLineRun.of("analyze", "--lnag", "ja", "x"), "Unknown option", "--lang");
    assertUsage(CommandLineRun.of("analyze", "--lang", "fr", "x"), "expected: ja or en");
    assertUsage(CommandLineRun.of("analyze", "--format", "xml", "x"), "TEXT");
    assertUsage(CommandLineRun.of("analyze", "--time-zone", "Mars", "x"), "is no time zone");
    assertUsage(CommandLineRun.of("analyse"), "analyze");
    assertUsage(
        CommandLineRun.of("sample", "Trojan:EC2/DropPint"), "did you mean Trojan:EC2/DropPoint?");
    assertUsage(CommandLineRun.of("sample", "--all", "x"), "exclude each other");
    assertUsage(
        CommandLineRun.of("workflow", "run", "x.yml", "--mock", "llm"), "expected: NODE_ID=JSON");
    assertUsage(
        CommandLineRun.of("workflow", "run", "x.yml", "--inputs", "[1]"), "is no JSON object");
  }

  private static void assertUsage(CommandLineRun run, String... messages) {
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(messages);
  }

  @Test
  void help_teaches() {
    for (String[] command :
        new String[][] {
          {}, {"analyze"}, {"sample"}, {"workflow"}, {"workflow", "check"}, {"workflow", "run"}
        }) {
      String[] arguments = Arrays.copyOf(command, command.length + 1);
      arguments[command.length] = "--help";
      CommandLineRun run = CommandLineRun.of(arguments);
      assertThat(run.exit()).isZero();
      assertThat(run.out()).contains("Examples:", "yagura ");
    }
    assertThat(CommandLineRun.of("--version").out()).startsWith("yagura ");
    assertThat(CommandLineRun.of().out()).contains("Examples:");
  }

  @Test
  void samples_are_events_of_every_type() throws Exception {
    String[] perKind = CommandLineRun.of("sample").out().split("\n");
    assertThat(perKind).hasSizeGreaterThan(25);
    String[] all = CommandLineRun.of("sample", "--all").out().split("\n");
    assertThat(all)
        .hasSize(CommandLineRun.of("sample", "--list").out().split("\n").length)
        .hasSizeGreaterThanOrEqualTo(250);
    assertThat(JSON.readTree(all[0]).get("detail-type").asText()).isEqualTo("GuardDuty Finding");
    CommandLineRun run =
        CommandLineRun.with(
            CommandLineRun.of("sample").out(), Map.of(), false, "analyze", "--format", "json", "-");
    assertThat(run.exit()).isZero();
    assertThat(run.out().split("\n")).hasSize(perKind.length);
  }

  @Test
  void the_doctor_says_per_node_what_is_there() throws Exception {
    Path errors = Path.of(CommandLineTest.class.getResource("/dsl/errors.yml").toURI());
    CommandLineRun run =
        CommandLineRun.of("workflow", "check", errors.toString(), "--format", "json");
    assertThat(run.exit()).isZero();
    JsonNode report = JSON.readTree(run.out());
    assertThat(report.get("status").asText()).isEqualTo("completed-with-warnings");
    assertThat(report.at("/nodes/1/state").asText()).isEqualTo("not-yet");
    assertThat(report.at("/nodes/3/state").asText()).isEqualTo("native");
    assertThat(report.at("/problems/0/line").asInt()).isPositive();
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
  void values_one_after_the_other_are_all_read() throws Exception {
    String pretty = JSON.readTree(sample("Trojan:EC2/DropPoint")).toPrettyString();
    CommandLineRun run =
        CommandLineRun.with(
            pretty + "\n" + pretty + "\n{\"broken\"",
            Map.of(),
            false,
            "analyze",
            "--format",
            "json",
            "-");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out().split("\n")).hasSize(2);
    assertThat(run.err()).contains("no valid JSON").doesNotContain("Feature", "jackson", "`");
    String deep = "[".repeat(300) + "]".repeat(300);
    assertUnusable(
        CommandLineRun.with(deep, Map.of(), false, "analyze", "-"), "JSON nested deeper than 200");
  }

  @Test
  void a_finding_with_a_type_of_any_length_is_explained() {
    String finding = "{\"type\":\"" + "T".repeat(5000) + "\",\"severity\":5}";
    CommandLineRun run = CommandLineRun.with(finding, Map.of(), false, "analyze", "-");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("new to this catalogue");
  }

  @Test
  void what_a_file_says_cannot_change_the_terminal() throws Exception {
    Path hostile =
        file(
            "hostile.yml",
            """
            app: {name: n, mode: workflow}
            workflow:
              graph:
                nodes:
                  - {id: s, data: {type: start, title: S}}
                edges: [{source: s, target: "x\\e[31m\\nyagura: forged"}]
            """);
    CommandLineRun run = CommandLineRun.of("workflow", "check", hostile.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("yagura: forged").doesNotContain("\u001b", "\nyagura: forged");
    assertThat(CommandLineRun.of("workflow", "run", hostile.toString()).err())
        .doesNotContain("\u001b", "\nyagura: forged");
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
