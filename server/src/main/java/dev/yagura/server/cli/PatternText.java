package dev.yagura.server.cli;

/** A pattern as a command line gives it. */
final class PatternText {
  private PatternText() {}

  /** The JSON itself, or what is in the file or on standard input. */
  static String of(Console console, String given) {
    return given.strip().startsWith("{") ? given.strip() : Inputs.text(console, given).strip();
  }
}
