package dev.yagura.server.cli;

import dev.yagura.finding.Language;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Which language to write in. */
final class Languages {
  private Languages() {}

  /**
   * The language asked for, else the shell's ({@code LC_ALL}, {@code LC_MESSAGES}, {@code LANG}),
   * else English.
   */
  static Language choose(@Nullable String asked, Console console, CommandLine command) {
    if (asked != null) {
      Language language = Language.of(asked);
      if (language == null) {
        throw new CommandLine.ParameterException(
            command, "--lang: '" + asked + "' is not known (expected: ja or en)");
      }
      return language;
    }
    for (String variable : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      String value = console.environment().get(variable);
      if (value != null && !value.isBlank()) {
        Language language = Language.of(value);
        return language == null ? Language.EN : language;
      }
    }
    return Language.EN;
  }
}
