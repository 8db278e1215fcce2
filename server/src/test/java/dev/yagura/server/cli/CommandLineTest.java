package dev.yagura.server.cli;

import static dev.yagura.server.cli.CommandLineRun.assertUnusable;
import static dev.yagura.server.cli.CommandLineRun.assertUsage;
import static dev.yagura.server.cli.CommandLineRun.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** design §5: unusable input, wrong options and help, and what the process ends with. */
class CommandLineTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path folder;

  private Path file(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content);
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
}
