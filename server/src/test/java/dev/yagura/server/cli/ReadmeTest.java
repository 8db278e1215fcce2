package dev.yagura.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of the README does what the README shows. */
class ReadmeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.ja.md"})
  void the_example_runs_as_shown(String name) throws Exception {
    String readme = Files.readString(Path.of("..", name));
    String yaml = between(readme, "```yaml\n", "```");
    String file = Files.writeString(folder.resolve("wake.yml"), yaml).toString();
    CommandLineRun check = CommandLineRun.of("workflow", "check", file);
    CommandLineRun run =
        CommandLineRun.of("workflow", "run", file, "--inputs", "{\"severity\": 8}");
    assertThat(readme)
        .contains(check.out().replace(file, "wake.yml").strip())
        .contains(run.out() + run.err());
    assertThat(run.exit()).isZero();
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
