package dev.yagura.server.cli;

import static dev.yagura.server.cli.CommandLineRun.assertUnusable;
import static dev.yagura.server.cli.CommandLineRun.assertUsage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.server.TestServer;
import dev.yagura.server.TestWorkflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code yagura workflow delete}: asks on a terminal, and nowhere else. */
class WorkflowDeleteTest {
  @TempDir Path folder;

  private CommandLineRun yagura(String... arguments) {
    return answering("", Map.of(), arguments);
  }

  private CommandLineRun asked(String answer, String... arguments) {
    return answering(answer, Map.of("YAGURA_ASK", "1"), arguments);
  }

  private CommandLineRun answering(
      String answer, Map<String, String> environment, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return CommandLineRun.with(answer, environment, false, all.toArray(String[]::new));
  }

  private static String done(CommandLineRun run) {
    assertThat(run.exit()).as(run.err() + run.out()).isZero();
    return run.out();
  }

  private void add(String name) throws IOException {
    Path file = Files.writeString(folder.resolve("w.yml"), TestWorkflows.echo("\"" + name + "\""));
    done(yagura("workflow", "import", file.toString(), "--publish"));
  }

  @Test
  void without_a_terminal_it_needs_yes() throws IOException {
    add("Echo");
    done(yagura("key", "create", "--workflow", "Echo"));
    assertUsage(yagura("workflow", "delete", "Echo"), "nobody can be asked", "expected: --yes");
    assertUsage(yagura("workflow", "delete", "--yes"), "NAME");
    assertThat(done(yagura("workflow", "list"))).contains("Echo");
    assertThat(done(yagura("workflow", "delete", "Echo", "--yes")))
        .contains("Echo is deleted with its key")
        .contains("alerts come from the catalogue until there is one")
        .contains("the next start of the server");
    assertThat(done(yagura("workflow", "list"))).contains("no workflows yet");
    assertThat(done(yagura("key", "list"))).contains("no keys yet");
    assertUnusable(
        yagura("workflow", "delete", "Echo", "--yes"), "there is no workflow 'Echo' (expected:");
  }

  @Test
  void on_a_terminal_it_asks() throws IOException {
    add("Echo");
    add("Other");
    for (String no : List.of("", "\n", "n\n", "yeah\n")) {
      CommandLineRun run = asked(no, "workflow", "delete", "Echo");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err())
          .contains("Delete the workflow Echo? Findings go to it. [y/N]")
          .contains("nothing is deleted (expected: y, or --yes)");
    }
    assertThat(done(asked("Y\n", "workflow", "delete", "echo")))
        .contains("Echo is deleted")
        .contains("findings go to Other from now on");
    assertUnusable(asked("y\n", "workflow", "delete", "Othr"), "did you mean Other?");
    assertThat(done(yagura("workflow", "list"))).contains("Other").doesNotContain("Echo");
  }

  @Test
  void a_server_that_runs_deletes_by_any_name() throws IOException {
    try (var server = new TestServer(folder, Map.of())) {
      add("a/b \\e[31m");
      assertThat(server.engine().apps().all()).hasSize(2);
      CommandLineRun run = asked("y\n", "workflow", "delete", "a/b \u001b[31m");
      assertThat(done(run)).contains("a/b").doesNotContain("\u001b").doesNotContain("findings");
      assertThat(run.err()).doesNotContain("\u001b");
      assertThat(server.engine().apps().all()).hasSize(1);
    }
  }

  @Test
  void help_teaches() {
    CommandLineRun run = CommandLineRun.of("workflow", "delete", "--help");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("Examples:", "yagura workflow export Old", "--yes", "retention.days")
        .contains("GuardDutyHandler");
  }
}
