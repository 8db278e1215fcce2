package dev.yagura.knowledge;

import dev.yagura.base.Failure;
import dev.yagura.knowledge.Document.Counts;
import dev.yagura.knowledge.Document.Settings;
import dev.yagura.knowledge.Document.State;
import dev.yagura.knowledge.Library.Accepted;
import dev.yagura.knowledge.text.Extractors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.locks.Lock;

/** Takes files in. */
final class Intake {
  private final KnowledgeStore store;
  private final Documents documents;
  private final DocumentFiles files;
  private final Workers workers;
  private final Embedder embedder;
  private final InstantSource clock;

  Intake(
      KnowledgeStore store,
      Documents documents,
      DocumentFiles files,
      Workers workers,
      Embedder embedder,
      InstantSource clock) {
    this.store = store;
    this.documents = documents;
    this.files = files;
    this.workers = workers;
    this.embedder = embedder;
    this.clock = clock;
  }

  Accepted accept(Base base, String name, Path file, Settings settings) {
    Lock one = documents.lock(base.id() + "/" + name);
    one.lock();
    try {
      return acceptAlone(base, name, file, settings);
    } finally {
      one.unlock();
    }
  }

  private Accepted acceptAlone(Base base, String name, Path file, Settings settings) {
    Optional<Document> before = store.document(base.id(), name);
    String hash = FileHash.of(file);
    if (before.isPresent() && isCurrent(before.get(), hash, settings)) {
      return new Accepted(before.get(), true);
    }
    String id = before.map(Document::id).orElseGet(() -> UUID.randomUUID().toString());
    if (isTooLarge(file)) {
      return new Accepted(refused(base, id, name, hash, settings), false);
    }
    if (before.isPresent()
        && !before.get().state().isFinal()
        && before.get().state() != State.PAUSED) {
      throw Failure.user(
              "document_indexing",
              name + " is being worked on (expected: a document that is finished or paused)")
          .asException();
    }
    files.keep(file, id, before.map(Document::generation).orElse(0) + 1);
    Document waiting =
        before
            .map(
                old ->
                    old.with(settings, clock.instant())
                        .with(
                            new Counts(
                                old.counts().segments(), old.counts().characters(), 0, 0, 0, 0)))
            .orElseGet(() -> fresh(base, id, name, hash, settings))
            .noting("")
            .to(State.WAITING, "", clock.instant());
    store.putDocument(waiting);
    workers.enqueue(id);
    return new Accepted(waiting, false);
  }

  private Document fresh(Base base, String id, String name, String hash, Settings settings) {
    return new Document(
        id,
        base.id(),
        name,
        hash,
        0,
        State.WAITING,
        "",
        "",
        settings,
        Counts.NONE,
        clock.instant(),
        clock.instant());
  }

  private static boolean isCurrent(Document before, String hash, Settings settings) {
    return before.hash().equals(hash)
        && before.state() != State.FAILED
        && (before.state().isFinal() || before.generation() == 0)
        && before.settings().sameWork(settings);
  }

  private static boolean isTooLarge(Path file) {
    try {
      return Files.size(file) > Extractors.MAX_BYTES;
    } catch (IOException unreadable) {
      throw Failure.user("UnusableDocument", file + ": cannot be read (" + unreadable + ")")
          .asException();
    }
  }

  private Document refused(Base base, String id, String name, String hash, Settings settings) {
    Document refused =
        store
            .document(id)
            .orElseGet(() -> fresh(base, id, name, hash, settings))
            .to(
                State.FAILED,
                name
                    + ": larger than "
                    + (Extractors.MAX_BYTES >> 20)
                    + " MB (expected: at most that)",
                clock.instant());
    store.putDocument(refused);
    return refused;
  }

  Document resume(String id, OptionalDouble budget) {
    Document resumed =
        documents.change(
            id,
            one ->
                one.state() != State.PAUSED
                    ? one
                    : one.with(
                            budget.isPresent()
                                ? one.settings().spending(budget.getAsDouble())
                                : one.settings(),
                            clock.instant())
                        .noting("")
                        .to(
                            one.counts().total() > 0 ? State.INDEXING : State.WAITING,
                            "",
                            clock.instant()));
    workers.enqueue(id);
    return resumed;
  }

  /** A served document is made again from its file; a failed one must come again. */
  Document retry(String id) {
    Document before = documents.get(id);
    if (!before.state().isFinal()) {
      return before;
    }
    Path file = files.of(id, before.generation());
    if (!Files.exists(file)) {
      throw Failure.user(
              "UnusableDocument",
              before.name() + ": its file is not kept (expected: upload it again)")
          .asException();
    }
    files.keep(file, id, before.generation() + 1);
    Document waiting = documents.change(id, one -> one.to(State.WAITING, "", clock.instant()));
    workers.enqueue(id);
    return waiting;
  }

  int withoutVectors(Base base) {
    return embedder
        .wanted(base)
        .map(chosen -> store.documentsWithoutVectors(base.id(), chosen.model().name()).size())
        .orElse(0);
  }
}
