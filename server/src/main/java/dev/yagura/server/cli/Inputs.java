package dev.yagura.server.cli;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the files that a command line names. */
final class Inputs {
  /** Most bytes of a workflow file. */
  private static final int MAX_WORKFLOW_BYTES = 40 << 20;

  private Inputs() {}

  /** The file, or standard input for {@code -}. */
  static InputStream open(Console console, String name) {
    if (name.equals("-")) {
      return console.in();
    }
    if (name.isBlank()) {
      throw unreadable("''", "is no name of a file", null);
    }
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw unreadable(name, "is a folder", null);
      }
      return new BufferedInputStream(Files.newInputStream(path));
    } catch (NoSuchFileException missing) {
      throw unreadable(name, "there is no such file", missing);
    } catch (AccessDeniedException denied) {
      throw unreadable(name, "may not be read", denied);
    } catch (IOException | InvalidPathException broken) {
      throw unreadable(name, "cannot be read: " + broken.getMessage(), broken);
    }
  }

  static FlowException unreadable(String name, String why, @Nullable Exception cause) {
    Failure failure =
        Failure.user("UnreadableFile", name + ": " + why + " (expected: a readable file)");
    return cause == null ? new FlowException(failure) : new FlowException(failure, cause);
  }

  /** The whole text of a workflow file. */
  static String text(Console console, String name) {
    try (InputStream in = open(console, name)) {
      byte[] bytes = in.readNBytes(MAX_WORKFLOW_BYTES + 1);
      if (bytes.length > MAX_WORKFLOW_BYTES) {
        throw unreadable(name, "is larger than " + (MAX_WORKFLOW_BYTES >> 20) + " MiB", null);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw unreadable(name, "is no UTF-8 text", notUtf8);
    } catch (IOException broken) {
      throw unreadable(name, "cannot be read: " + broken.getMessage(), broken);
    }
  }
}
