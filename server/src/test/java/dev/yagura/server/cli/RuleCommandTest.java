package dev.yagura.server.cli;

import static dev.yagura.server.cli.CommandLineRun.assertUnusable;
import static dev.yagura.server.cli.CommandLineRun.assertUsage;
import static dev.yagura.server.cli.CommandLineRun.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code yagura rule …}: patterns are tried without a server, rules are set on a data folder. */
class RuleCommandTest {
  private static final Path REAL = Path.of("../../shared/data/findings");
  private static final String FOUR =
      "{\"source\":[\"aws.guardduty\"],\"detail-type\":[\"GuardDuty Finding\"],"
          + "\"detail\":{\"severity\":[{\"numeric\":[\">=\",4]}]}}";

  @TempDir Path folder;

  private static CommandLineRun test(String input, String... arguments) {
    List<String> all = new ArrayList<>(List.of("rule", "test"));
    all.addAll(List.of(arguments));
    return CommandLineRun.with(input, Map.of(), false, all.toArray(String[]::new));
  }

  private CommandLineRun rule(String input, String... arguments) {
    List<String> all = new ArrayList<>(List.of("rule"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return CommandLineRun.with(input, Map.of(), false, all.toArray(String[]::new));
  }

  private static String done(CommandLineRun run) {
    assertThat(run.exit()).as(run.err() + run.out()).isZero();
    return run.out();
  }

  @Test
  void says_what_matches_and_why_the_others_do_not() throws Exception {
    String high = sample("Trojan:EC2/DGADomainRequest.B");
    String low = sample("Policy:IAMUser/RootCredentialUsage");
    assertThat(done(test(high, FOUR, "-"))).startsWith("match     Trojan:EC2/DGADomainRequest.B");
    CommandLineRun both = test(high + low, FOUR, "-");
    assertThat(both.exit()).isEqualTo(1);
    assertThat(both.out().lines().toList().get(1))
        .startsWith("no match  Policy:IAMUser/RootCredentialUsage")
        .contains("detail.severity is 2")
        .contains("(expected: [{\"numeric\":[\">=\",4]}])");
    assertThat(both.err()).isEmpty();
    Path pattern = folder.resolve("pattern.json");
    Files.writeString(pattern, FOUR + "\n");
    Path event = folder.resolve("event.json");
    Files.writeString(event, high);
    assertThat(done(test("", pattern.toString(), event.toString()))).startsWith("match");
    assertThat(done(test(FOUR, "-", event.toString()))).startsWith("match");
  }

  @Test
  void other_events_can_be_tried_as_well() {
    String login =
        "{\"source\":\"aws.signin\",\"detail-type\":\"AWS Console Sign In via CloudTrail\","
            + "\"detail\":{}}";
    CommandLineRun run = test(login, "{\"source\":[\"aws.signin\"]}", "-");
    assertThat(done(run)).contains("match     AWS Console Sign In via CloudTrail from aws.signin");
    assertThat(run.err()).contains("detail-type: is missing");
  }

  @Test
  void what_never_matches_is_warned_about() {
    CommandLineRun run =
        test(sample("Trojan:EC2/DropPoint"), FOUR.replace("severity", "Severity"), "-");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("detail.Severity", "did you mean severity?");
  }

  @Test
  void what_cannot_be_used_is_named() {
    assertUnusable(test("", "{\"s\":5}", "-"), "must be an object or an array");
    assertUnusable(test("", "missing.json", "-"), "missing.json: there is no such file");
    assertUnusable(test("nonsense", FOUR, "-"), "no valid JSON");
    assertUnusable(test("", FOUR, "missing.json"), "missing.json: there is no such file");
    assertUsage(test("", FOUR), "EVENT is missing");
    assertUsage(test("", "-", "-"), "- is there more than once");
  }

  @Test
  void real_findings_match_as_eventbridge_would_have_them() throws Exception {
    assumeTrue(Files.isDirectory(REAL), "skipped: no folder " + REAL);
    List<Path> files;
    try (var listed = Files.list(REAL)) {
      files = listed.filter(file -> file.getFileName().toString().startsWith("eb-camel")).toList();
    }
    assertThat(files).isNotEmpty();
    int low = 0;
    for (Path file : files) {
      boolean isLow = Files.readString(file).replace(" ", "").contains("\"severity\":2");
      low += isLow ? 1 : 0;
      assertThat(test("", FOUR, file.toString()).exit())
          .as(file.toString())
          .isEqualTo(isLow ? 1 : 0);
    }
    assertThat(low).isLessThan(files.size());
  }

  @Test
  void rules_are_set_shown_tried_and_removed() {
    String trojan = sample("Trojan:EC2/DropPoint");
    assertThat(done(rule("", "list"))).contains("no rules");
    assertThat(done(rule(FOUR, "add", "noise", "-", "--ignore", "--order", "7")))
        .contains("noise: ignored");
    assertThat(done(rule(trojan, "test", "--rules", "-"))).contains("rule noise: ignored");
    assertThat(
            done(
                rule(
                    "",
                    "suppress",
                    "quiet",
                    FOUR,
                    "--until",
                    "14d",
                    "--reason",
                    "pentest",
                    "--by",
                    "red")))
        .contains("quiet: suppressed until 20", "because pentest (red)");
    assertThat(done(rule("", "list")).lines().toList())
        .hasSize(4)
        .element(0)
        .asString()
        .startsWith("quiet: suppressed until");
    assertThat(done(rule(trojan, "test", "--rules", "-"))).contains("rule quiet");
    assertThat(done(rule(sample("Policy:IAMUser/RootCredentialUsage"), "test", "--rules", "-")))
        .contains("no rule: the default workflow");
    assertThat(done(rule("", "log"))).isEmpty();
    assertThat(done(rule("", "remove", "quiet"))).contains("quiet is removed");
    assertUnusable(rule("", "remove", "noisy"), "did you mean noise?");
    assertUnusable(rule("", "add", "x", FOUR, "--workflow", "None"), "there is no workflow 'None'");
    assertUsage(rule("", "add", "x", FOUR), "--workflow");
    assertUsage(
        rule("", "suppress", "x", FOUR, "--until", "soon", "--reason", "x"), "'soon' (expected");
    assertUnusable(
        rule("", "suppress", "x", FOUR, "--until", "2020-01-01", "--reason", "x"),
        "later than now");
  }
}
