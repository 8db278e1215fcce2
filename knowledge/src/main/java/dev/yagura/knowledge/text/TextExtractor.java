package dev.yagura.knowledge.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads a kind of file. Nothing in the file is run or fetched. */
public interface TextExtractor {
  /** Most characters of text that a document may have. */
  int MAX_TEXT = 20_000_000;

  /** Extensions in lower case, without the dot. */
  Set<String> extensions();

  /**
   * The document's blocks in order; a FlowException says why it cannot be read.
   *
   * @param name of the document, for messages; the file may be a copy with another name
   */
  List<Block> read(String name, Path file);
}
