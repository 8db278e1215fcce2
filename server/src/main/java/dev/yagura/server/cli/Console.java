package dev.yagura.server.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the command line reads from and writes to.
 *
 * @param colour whether the output is a terminal that shows colours
 * @param width in columns
 * @param environment of the process
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean colour,
    int width,
    Map<String, String> environment) {

  /** The process's own. Colours only on a terminal, and not where {@code NO_COLOR} is set. */
  public static Console system() {
    Map<String, String> environment = System.getenv();
    boolean terminal =
        "1".equals(environment.get("YAGURA_TTY"))
            && !environment.containsKey("NO_COLOR")
            && !"dumb".equals(environment.get("TERM"));
    return new Console(
        System.in,
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        terminal,
        width(environment.get("COLUMNS")),
        environment);
  }

  /** Whether somebody can be asked: the launcher says whether input and errors are a terminal. */
  boolean canAsk() {
    return "1".equals(environment.get("YAGURA_ASK"));
  }

  private static int width(@Nullable String columns) {
    return columns != null && columns.matches("\\d{1,4}") ? Integer.parseInt(columns) : 100;
  }
}
