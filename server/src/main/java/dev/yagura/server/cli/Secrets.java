package dev.yagura.server.cli;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Secrets by reference: a command line is remembered by shells and seen by other users. */
final class Secrets {
  private static final int MAX_BYTES = 64 * 1024;

  private Secrets() {}

  /** The same for a field, which an error names. */
  static String read(Console console, String field, String reference) {
    try {
      return read(console, reference);
    } catch (FlowException unusable) {
      throw new FlowException(
          Failure.user(unusable.failure().code(), field + ": " + unusable.failure().message()),
          unusable);
    }
  }

  /** The text of {@code env:NAME}, {@code file:PATH} or {@code -} for standard input. */
  static String read(Console console, String reference) {
    String text =
        reference.startsWith("env:")
            ? console.environment().get(reference.substring("env:".length()))
            : file(console, reference);
    if (text == null || text.isBlank()) {
      throw Failure.user(
              "InvalidSetting",
              reference + ": the secret is empty or not set (expected: env:NAME, file:PATH or -)")
          .asException();
    }
    return text.strip();
  }

  private static String file(Console console, String reference) {
    String name = reference.startsWith("file:") ? reference.substring("file:".length()) : reference;
    if (!reference.startsWith("file:") && !reference.equals("-")) {
      throw Failure.user(
              "InvalidSetting",
              "a secret is given by reference (expected: env:NAME, file:PATH or -)")
          .asException();
    }
    try (InputStream in = Inputs.open(console, name)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw Inputs.unreadable(name, "cannot be read", broken);
    }
  }
}
