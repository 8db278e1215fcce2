package dev.yagura.model.langchain.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the tokenizer's native library is unpacked while it is loaded: a new folder of this process
 * alone. The library's own choice is a folder that stays, in the home folder or, where that cannot
 * be written, under a name in the temporary folder that anybody could have taken before.
 */
final class TokenizerLibrary {
  private static final String FOLDER = "DJL_CACHE_DIR";

  private final Path folder;

  private TokenizerLibrary(Path folder) {
    this.folder = folder;
  }

  /** Also keeps the library from calling home and from fetching anything. */
  static TokenizerLibrary prepare() throws IOException {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    Path folder = Files.createTempDirectory("yagura-tokenizer");
    System.setProperty(FOLDER, folder.toString());
    return new TokenizerLibrary(folder);
  }

  /** A loaded library needs no file, except where the system holds it; then it goes at the end. */
  void remove() {
    System.clearProperty(FOLDER);
    try (Stream<Path> all = Files.walk(folder)) {
      // The outer folders first: what is registered last is deleted first.
      List<Path> files = all.sorted().toList();
      files.forEach(file -> file.toFile().deleteOnExit());
      files.stream().sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException gone) {
      // A folder that cannot be listed is one that somebody else has cleaned up.
      return;
    }
  }
}
