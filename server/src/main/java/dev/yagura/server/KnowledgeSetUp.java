package dev.yagura.server;

import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.knowledge.Library;
import dev.yagura.server.app.ModelRegistry;
import dev.yagura.server.config.Config;
import dev.yagura.server.config.Key;
import dev.yagura.store.Store;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** What the server makes of its knowledge: the library, what comes with the product, folders. */
final class KnowledgeSetUp {
  private KnowledgeSetUp() {}

  static Library library(Config config, Store store, ModelRegistry models, InstantSource clock) {
    var library =
        new Library(
            new Library.Ports(
                store.knowledge(),
                models,
                clock,
                config.data().resolve("knowledge"),
                config.count(Key.KNOWLEDGE_QUESTION_CALLS),
                Thread::sleep));
    library.bases().declare(CatalogueKnowledge.BASE);
    library.bases().declare(Handbook.BASE);
    return library;
  }

  /** Puts what comes with the product into the index and opens it. */
  static void open(Library library, Catalogue catalogue) {
    library.bases().bundle(CatalogueKnowledge.BASE, CatalogueKnowledge.documents(catalogue));
    library.bases().bundle(Handbook.BASE, Handbook.pages(catalogue));
    library.guessFrom(CatalogueKnowledge.phrases(catalogue));
    library.open();
  }

  /** Keeps folders of the configuration as knowledge for as long as the server works. */
  static void watchFolders(Config config, Library library, BooleanSupplier works) {
    config
        .knowledgeFolders()
        .forEach(
            (base, path) -> {
              var folder = new KnowledgeFolder(library, base, path);
              Thread unused =
                  Thread.ofVirtual().name("folder-" + base).start(() -> folder.watch(works));
            });
  }
}
