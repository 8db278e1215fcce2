package dev.yagura.server.cli;

import static dev.yagura.server.cli.CommandLineRun.assertUnusable;
import static dev.yagura.server.cli.CommandLineRun.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** design §5: findings that a person types in, and the alerts that come out. */
class AnalyzeCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("../samples");

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
}
