package dev.yagura.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Asks before something that costs money or cannot be undone. */
final class Confirmation {
  private Confirmation() {}

  /** Asks; where nobody can be asked, {@code --yes} must be given. */
  static boolean of(Console console, CommandSpec spec, String question) {
    if (!console.canAsk()) {
      throw new ParameterException(
          spec.commandLine(), question + " Nobody can be asked here (expected: --yes)");
    }
    return answered(console, question);
  }

  /** Whether somebody says yes. */
  static boolean answered(Console console, String question) {
    console.err().print(Terminal.plain(question).replace('\n', ' ') + " [y/N] ");
    console.err().flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))
              .readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes|はい");
    } catch (IOException broken) {
      throw Inputs.unreadable("standard input", "cannot be read", broken);
    }
  }
}
