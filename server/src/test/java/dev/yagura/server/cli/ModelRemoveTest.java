package dev.yagura.server.cli;

import static dev.yagura.server.cli.CommandLineRun.assertUnusable;
import static dev.yagura.server.cli.CommandLineRun.assertUsage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.server.TestWorkflows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code yagura model remove}, on a folder without a server. */
class ModelRemoveTest {
  @TempDir Path folder;

  private CommandLineRun yagura(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return CommandLineRun.with(
        "", Map.of("OPENAI_KEY", "an-example-secret"), false, all.toArray(String[]::new));
  }

  private static String done(CommandLineRun run) {
    assertThat(run.exit()).as(run.err() + run.out()).isZero();
    return run.out();
  }

  private void register(String provider, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("model", "add", provider, "--secret", "api-key=env:OPENAI_KEY", "--option"));
    all.add("base-url=http://127.0.0.1:9/v1");
    all.addAll(List.of(more));
    done(yagura(all.toArray(String[]::new)));
  }

  @Test
  void a_provider_goes_with_its_secrets_and_says_who_is_answered_by_another() throws IOException {
    register("openai");
    register("anthropic", "--model", "claude-haiku-4-5");
    Path file =
        Files.writeString(folder.resolve("a.yml"), TestWorkflows.ask("Ask", "openai", "gpt-4"));
    done(yagura("workflow", "import", file.toString(), "--publish"));
    assertThat(done(yagura("model", "remove", "langgenius/openai/openai")))
        .contains("openai is removed with its secrets")
        .contains(
            "Ask, node Ask: openai/gpt-4 is answered by the system model"
                + " anthropic/claude-haiku-4-5 from now on");
    assertThat(done(yagura("model", "list")).lines().filter(line -> line.contains("registered")))
        .singleElement()
        .asString()
        .startsWith("anthropic");
    assertThat(Files.readString(folder.resolve("data/yagura.db"), StandardCharsets.ISO_8859_1))
        .doesNotContain("an-example-secret");
    assertUnusable(
        yagura("model", "remove", "openai"),
        "the provider 'openai' is not registered (expected: a registered one: anthropic)");
  }

  @Test
  void a_system_model_stays_unless_it_is_forced_out() {
    register("openai", "--model", "m", "--embedding", "e");
    CommandLineRun refused = yagura("model", "remove", "openai");
    assertUnusable(refused, "openai is not removed: the system's chat model is openai/m");
    assertThat(refused.err())
        .contains("the system's embedding model is openai/e")
        .contains("yagura model default chat|embedding PROVIDER/MODEL; or --force");
    assertThat(done(yagura("model", "list"))).contains("system chat model:      openai/m");
    assertThat(done(yagura("model", "remove", "openai", "--force")))
        .contains("openai/m was the system's chat model; there is none now")
        .contains("openai/e was the system's embedding model; there is none now");
    assertThat(done(yagura("model", "list")))
        .contains("system chat model:      none")
        .contains("system embedding model: none");
  }

  @Test
  void what_the_registry_keeps_beside_providers_is_none() {
    register("openai", "--model", "m");
    assertUnusable(yagura("model", "remove", "system"), "'system' is not registered");
    assertUnusable(yagura("model", "remove", "prices"), "'prices' is not registered");
    assertThat(done(yagura("model", "list"))).contains("system chat model:      openai/m");
    assertUsage(yagura("model", "remove"), "PROVIDER");
  }

  @Test
  void without_a_system_model_nobody_answers() throws IOException {
    register("openai", "--model", "m");
    Path file = Files.writeString(folder.resolve("a.yml"), TestWorkflows.ask("Ask", "openai", "m"));
    done(yagura("workflow", "import", file.toString()));
    assertThat(done(yagura("model", "remove", "openai", "--force")))
        .contains("Ask, node Ask: openai/m is not there any more, and no system model");
  }

  @Test
  void help_teaches() {
    CommandLineRun run = CommandLineRun.of("model", "remove", "--help");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("Examples:", "yagura model remove openai", "--force");
  }
}
