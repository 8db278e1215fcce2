package dev.yagura.server;

import dev.yagura.base.Boundary;
import dev.yagura.base.FlowException;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.DocumentForm;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.ProcessRule;
import dev.yagura.knowledge.text.Extractors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder whose documents are kept as a knowledge base: what is new or changed is taken in, what
 * is gone is taken out. Looked at once a minute, because no notice of the operating system comes
 * from network drives.
 */
final class KnowledgeFolder {
  /** Most documents of a folder; the others are named in the log. */
  static final int MOST = 10_000;

  /** Says of a document that it belongs to a folder. */
  static final String SOURCE = "folder";

  private static final Logger LOG = LoggerFactory.getLogger(KnowledgeFolder.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** What tells a changed file from the same one. */
  private record Stamp(long size, long changed) {}

  private final Library library;
  private final String base;
  private final Path folder;
  private final Map<String, Stamp> seen = new HashMap<>();

  KnowledgeFolder(Library library, String base, Path folder) {
    this.library = library;
    this.base = base;
    this.folder = folder;
  }

  void watch(BooleanSupplier isWanted) {
    try {
      while (isWanted.getAsBoolean()) {
        look();
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once; what fails is tried again with the next look. */
  @Boundary("a folder that cannot be read now may be readable later")
  void look() {
    try {
      Base knowledge = library.bases().named(base);
      Set<String> names = new HashSet<>();
      for (Path file : files()) {
        String name = folder.relativize(file).toString();
        names.add(name);
        take(knowledge, name, file);
      }
      seen.keySet().retainAll(names);
      for (Document document : library.documents(knowledge.id())) {
        if (document.settings().source().equals(SOURCE) && !names.contains(document.name())) {
          library.deleteDocument(document.id());
          LOG.info("document {} is gone from its folder and from the knowledge", document.id());
        }
      }
    } catch (FlowException | IOException unreadable) {
      LOG.warn("the folder {} of knowledge cannot be read: {}", folder, unreadable.toString());
    }
  }

  /** Links are not followed: a folder gives what is in it. */
  private List<Path> files() throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      List<Path> all =
          inside
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .filter(file -> Extractors.reads(String.valueOf(file.getFileName())))
              .sorted()
              .limit(MOST + 1)
              .toList();
      if (all.size() > MOST) {
        LOG.warn("the folder {} has more than {} documents; the first ones count", folder, MOST);
        return all.subList(0, MOST);
      }
      return all;
    }
  }

  private void take(Base knowledge, String name, Path file) throws IOException {
    var stamp = new Stamp(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    if (stamp.equals(seen.get(name))) {
      return;
    }
    try {
      Library.Accepted accepted =
          library.accept(
              knowledge,
              name,
              file,
              Document.Settings.of(
                      Extractors.kind(name), DocumentForm.TEXT, "", ProcessRule.AUTOMATIC)
                  .from(SOURCE, ""));
      seen.put(name, stamp);
      if (!accepted.unchanged()) {
        LOG.info("document {} came from its folder", accepted.document().id());
      }
    } catch (FlowException busy) {
      LOG.info("document {} waits: {}", name, busy.failure().message());
    }
  }
}
