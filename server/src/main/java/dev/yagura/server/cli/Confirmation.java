package dev.yagura.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Asks before something that cannot be undone; without a terminal {@code --yes} must be given. */
final class Confirmation {
  private Confirmation() {}

  static boolean of(Console console, CommandSpec spec, String question) {
    if (!"1".equals(console.environment().get("YAGURA_TTY"))) {
      throw new ParameterException(
          spec.commandLine(), question + " Nobody can be asked here (expected: --yes)");
    }
    console.out().print(question + " [y/N] ");
    console.out().flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))
              .readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes|はい");
    } catch (IOException closed) {
      return false;
    }
  }
}
