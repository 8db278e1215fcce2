package dev.yagura.server.http;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.knowledge.text.Extractors;
import dev.yagura.server.Cleaning;
import dev.yagura.server.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that has come in with a request; gone when the request is answered. */
public record IncomingFile(Path path) implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  public static IncomingFile receive(Engine engine, InputStream content) {
    try {
      Path folder = Files.createDirectories(engine.config().data().resolve(Cleaning.INCOMING));
      Path file = Files.createTempFile(folder, "document", ".part");
      if (copy(content, file) > Extractors.MAX_BYTES) {
        Files.delete(file);
        throw Failure.limit(
                "request_too_large",
                "the file is larger than "
                    + (Extractors.MAX_BYTES >> 20)
                    + " MB (expected: at most that)")
            .asException();
      }
      return new IncomingFile(file);
    } catch (IOException broken) {
      throw new FlowException(
          Failure.user("bad_request", "the file broke off: " + broken.getMessage()), broken);
    }
  }

  private static long copy(InputStream content, Path file) throws IOException {
    long copied = 0;
    try (var out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        copied += read;
        if (copied > Extractors.MAX_BYTES) {
          break;
        }
        out.write(buffer, 0, read);
      }
    }
    return copied;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException kept) {
      throw new FlowException(
          Failure.internal("FileNotDeleted", path + " cannot be deleted"), kept);
    }
  }
}
