package dev.yagura.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A command line run in this process, with what it printed. */
record CommandLineRun(int exit, String out, String err) {
  static CommandLineRun of(String... arguments) {
    return with("", Map.of(), false, arguments);
  }

  static CommandLineRun with(
      String input, Map<String, String> environment, boolean colour, String... arguments) {
    return with(input.getBytes(StandardCharsets.UTF_8), environment, colour, arguments);
  }

  static CommandLineRun with(
      byte[] input, Map<String, String> environment, boolean colour, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exit =
        YaguraCommand.run(
            new Console(
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                colour,
                100,
                environment),
            arguments);
    return new CommandLineRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static String sample(String type) {
    return of("sample", type).out();
  }

  static void assertUnusable(CommandLineRun run, String message) {
    assertThat(run.exit()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).contains(message).doesNotContain("Exception");
  }

  static void assertUsage(CommandLineRun run, String... messages) {
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(messages);
  }
}
