package dev.yagura.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aws.testkit.BedrockStub;
import dev.yagura.server.TestWorkflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code yagura doctor}: what is there, what is missing, and what to do about it. */
class DoctorTest {
  @TempDir Path folder;

  private CommandLineRun yagura(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return CommandLineRun.with(
        "", Map.of("AWS_SECRET", "an-example-secret"), false, all.toArray(String[]::new));
  }

  @Test
  void an_empty_folder_is_told_what_to_do() {
    CommandLineRun run = yagura("doctor", "--offline");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("MISSING  workflows")
        .contains("yagura workflow import FILE --publish")
        .contains("yagura model add bedrock --region R --model ID")
        .contains("yagura slack set -");
  }

  @Test
  void names_the_kind_of_credentials_the_region_and_models_that_the_system_stands_in_for()
      throws IOException {
    try (var bedrock = new BedrockStub()) {
      yagura(
          "model",
          "add",
          "bedrock",
          "--region",
          "eu-central-1",
          "--option",
          "endpoint-url=" + bedrock.url(),
          "--option",
          "access-key-id=AKIAEXAMPLE12345",
          "--option",
          "secret-access-key=env:AWS_SECRET",
          "--model",
          "amazon.nova-lite-v1:0");
      Path file =
          Files.writeString(folder.resolve("a.yml"), TestWorkflows.ask("Ask", "openai", "gpt-4"));
      assertThat(yagura("workflow", "import", file.toString(), "--publish").exit()).isZero();
      String out = yagura("doctor").out();
      assertThat(out)
          .contains("bedrock: keys of the registration, key AKIA…2345, Region eu-central-1")
          .contains("Ask, node Ask: openai/gpt-4 is not registered; the system model answers")
          .contains("bedrock/amazon.nova-lite-v1:0 answers after")
          .doesNotContain("an-example-secret");
    }
  }
}
