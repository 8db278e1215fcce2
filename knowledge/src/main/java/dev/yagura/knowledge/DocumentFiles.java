package dev.yagura.knowledge;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The files of documents, kept so that work on them goes on after a crash and can be done again.
 */
final class DocumentFiles {
  private final Path folder;

  DocumentFiles(Path folder) {
    this.folder = folder;
  }

  /** The file of a generation of a document, whether it is there or not. */
  Path of(String document, int generation) {
    return folder.resolve(document + "-" + generation);
  }

  /** Keeps a copy, durably, before anybody is told that the document was accepted. */
  void keep(Path file, String document, int generation) {
    Path kept = of(document, generation);
    try {
      Files.createDirectories(folder);
      Path part = folder.resolve(kept.getFileName() + ".part");
      Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
      try (var channel = java.nio.channels.FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new FlowException(
          Failure.internal("FileNotKept", "the file cannot be kept in " + folder + ": " + failed),
          failed);
    }
  }

  void delete(String document, int generation) {
    try {
      Files.deleteIfExists(of(document, generation));
    } catch (IOException kept) {
      throw new FlowException(
          Failure.internal("FileNotDeleted", of(document, generation) + " cannot be deleted"),
          kept);
    }
  }
}
