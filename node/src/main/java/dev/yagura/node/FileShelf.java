package dev.yagura.node;

import dev.yagura.base.Failure;
import dev.yagura.graph.value.Value;

/** Keeps the files that runs use. */
public interface FileShelf {
  /** There are no files. */
  FileShelf NONE =
      new FileShelf() {
        @Override
        public byte[] read(Value.File file) {
          throw missing();
        }

        @Override
        public Value.File keep(String name, String mimeType, byte[] content) {
          throw missing();
        }

        private RuntimeException missing() {
          return Failure.user("FileNotAvailable", "files are not kept here (expected: a server)")
              .asException();
        }
      };

  /** The content of a file that was uploaded or made; a FlowException where it is gone. */
  byte[] read(Value.File file);

  /** Keeps a file that a node made, and gives its value (dify-contract §2.20). */
  Value.File keep(String name, String mimeType, byte[] content);
}
