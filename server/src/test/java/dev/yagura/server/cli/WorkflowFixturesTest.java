package dev.yagura.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * DSL files with the runs that are expected of them: {@code name.yml} beside {@code
 * name.expected.json}.
 */
class WorkflowFixturesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> every_file_runs_as_expected() throws Exception {
    Path folder = Path.of(WorkflowFixturesTest.class.getResource("/dsl").toURI());
    List<DynamicTest> tests = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path expected :
          files.filter(file -> file.toString().endsWith(".expected.json")).sorted().toList()) {
        String name = expected.getFileName().toString().replace(".expected.json", "");
        int number = 0;
        for (JsonNode run : JSON.readTree(expected.toFile())) {
          number++;
          tests.add(
              DynamicTest.dynamicTest(
                  name + " " + number, () -> check(folder.resolve(name + ".yml"), run)));
        }
      }
    }
    return tests.stream();
  }

  private static void check(Path file, JsonNode expected) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("workflow", "run", file.toString(), "--format", "json", "--events"));
    if (expected.has("inputs")) {
      arguments.addAll(List.of("--inputs", expected.get("inputs").toString()));
    }
    if (expected.has("query")) {
      arguments.addAll(List.of("--query", expected.get("query").asText()));
    }
    expected
        .path("mocks")
        .properties()
        .forEach(
            mock -> arguments.addAll(List.of("--mock", mock.getKey() + "=" + mock.getValue())));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    if (expected.has("refused")) {
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.err()).contains(expected.get("refused").asText());
      return;
    }
    JsonNode result = JSON.readTree(run.out());
    assertThat(result.get("status").asText())
        .as(run.toString())
        .isEqualTo(expected.get("status").asText());
    assertThat(run.exit()).isEqualTo(result.get("status").asText().equals("failed") ? 1 : 0);
    assertThat(result.get("outputs")).isEqualTo(expected.get("outputs"));
    for (String key : List.of("answer", "exceptions_count", "total_steps")) {
      if (expected.has(key)) {
        assertThat(result.get(key)).as(key).isEqualTo(expected.get(key));
      }
    }
    if (expected.has("error")) {
      assertThat(result.get("error").asText()).startsWith(expected.get("error").asText());
    }
    List<String> events = new ArrayList<>();
    result
        .get("events")
        .forEach(
            event ->
                events.add(
                    (event.get("event").asText() + " " + event.path("node_id").asText()).strip()));
    if (expected.has("events")) {
      List<String> wanted = new ArrayList<>();
      expected.get("events").forEach(event -> wanted.add(event.asText()));
      assertThat(events).isEqualTo(wanted);
    }
    expected.path("contains").forEach(event -> assertThat(events).contains(event.asText()));
  }
}
