package dev.yagura.knowledge;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.knowledge.Document.State;
import dev.yagura.knowledge.text.Block;
import dev.yagura.knowledge.text.Extractors;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The work on one document, from its file to segments that are found. Each step is durable: after a
 * crash it goes on with the step that it was in.
 */
final class Indexing {
  private static final int PAGE = 500;
  private static final int NAMED_PARTS = 3;

  private final KnowledgeStore store;
  private final Documents documents;
  private final DocumentFiles files;
  private final Embedder embedder;
  private final QuestionMaking questions;
  private final IndexKeeping index;
  private final InstantSource clock;

  Indexing(
      KnowledgeStore store,
      Documents documents,
      DocumentFiles files,
      Embedder embedder,
      QuestionMaking questions,
      IndexKeeping index,
      InstantSource clock) {
    this.store = store;
    this.documents = documents;
    this.files = files;
    this.embedder = embedder;
    this.questions = questions;
    this.index = index;
    this.clock = clock;
  }

  /** Works on the document until it is finished, paused or gone. */
  @Boundary("whatever a document does, it ends as failed and the others go on")
  void work(String id) throws InterruptedException {
    try {
      Optional<Document> document = store.document(id);
      if (document.isPresent() && !document.get().state().isFinal()) {
        step(document.get());
      }
    } catch (FlowException unusable) {
      unlessStopped();
      if (unusable.failure().code().equals("StoreFull")) {
        throw unusable;
      }
      failed(id, unusable.failure());
    } catch (RuntimeException | StackOverflowError defect) {
      unlessStopped();
      failed(id, Failure.internal("IndexingBroken", "the work on it broke off: " + defect));
    }
  }

  /** When the server stops, the document is not to blame: it goes on at the next start. */
  private static void unlessStopped() throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
  }

  private void step(Document document) throws InterruptedException {
    String id = document.id();
    int generation = document.generation() + 1;
    if (document.state() == State.PAUSED) {
      return;
    }
    if (document.state() != State.INDEXING) {
      split(id, generation);
    }
    if (document.settings().form() == DocumentForm.QUESTIONS) {
      questions.make(id, generation);
      if (documents.get(id).state() != State.INDEXING) {
        return;
      }
    }
    String note = embedder.embed(base(document), id, generation);
    finish(id, generation, note);
  }

  private Base base(Document document) {
    return store.bases().stream()
        .filter(one -> one.id().equals(document.base()))
        .findFirst()
        .orElseThrow(() -> Failure.user("not_found", "its knowledge base is gone").asException());
  }

  private void split(String id, int generation) {
    store.dropGeneration(id, generation);
    Document parsing = documents.change(id, one -> one.to(State.PARSING, "", clock.instant()));
    List<Block> blocks =
        Extractors.read(parsing.name(), parsing.settings().kind(), files.of(id, generation));
    Document splitting = documents.change(id, one -> one.to(State.SPLITTING, "", clock.instant()));
    List<Segment> segments =
        new Segmentation(splitting, generation, clock.instant()).segments(blocks);
    for (int from = 0; from < segments.size(); from += PAGE) {
      List<Segment> page = segments.subList(from, Math.min(segments.size(), from + PAGE));
      Document unused =
          documents.change(
              id,
              one -> one.with(one.counts().progress(segments.size(), 0)),
              one -> store.putSegments(one, page));
    }
    Document unused = documents.change(id, one -> one.to(State.INDEXING, "", clock.instant()));
  }

  private void finish(String id, int generation, String note) {
    int shown = 0;
    int characters = 0;
    List<Segment> without = new ArrayList<>();
    String after = "";
    while (true) {
      List<Segment> page = store.segments(id, generation, after, PAGE);
      if (page.isEmpty()) {
        break;
      }
      after = page.getLast().id();
      for (Segment one : page) {
        shown += one.kind().isShown() ? 1 : 0;
        characters += one.kind().isShown() ? one.text().length() + one.answer().length() : 0;
        if (one.state() == Segment.State.FAILED) {
          without.add(one);
        }
      }
    }
    if (shown == 0) {
      String why = without.isEmpty() ? "it has no segments" : without.getFirst().error();
      throw Failure.user("UnusableDocument", "no questions could be made: " + why).asException();
    }
    serve(id, generation, shown, characters, String.join("; ", notes(note, without)));
  }

  private static List<String> notes(String note, List<Segment> without) {
    List<String> notes = new ArrayList<>();
    if (!note.isEmpty()) {
      notes.add(note);
    }
    if (!without.isEmpty()) {
      List<String> named =
          without.stream()
              .limit(NAMED_PARTS)
              .map(one -> one.position() + ": " + one.error())
              .toList();
      notes.add(
          (without.size() == 1 ? "1 part" : without.size() + " parts")
              + " gave no questions (part "
              + String.join(", part ", named)
              + ")");
    }
    return notes;
  }

  private void serve(String id, int generation, int shown, int characters, String note) {
    Path file = files.of(id, generation);
    String hash = FileHash.of(file);
    Document served =
        documents.change(
            id,
            one ->
                one.noting(note)
                    .serving(generation, hash, clock.instant())
                    .with(
                        one.counts()
                            .served(shown, characters)
                            .progress(one.counts().total(), one.counts().total())),
            store::serve);
    index.put(id);
    files.delete(id, served.generation() - 1);
  }

  private void failed(String id, Failure why) {
    Optional<Document> found = store.document(id);
    if (found.isEmpty()) {
      return;
    }
    int generation = found.get().generation() + 1;
    store.dropGeneration(id, generation);
    files.delete(id, generation);
    Document unused =
        documents.change(
            id,
            one ->
                one.generation() == 0
                    ? one.to(State.FAILED, why.message(), clock.instant())
                    : one.to(State.COMPLETED, "", clock.instant())
                        .noting("the newest file is not used: " + why.message()));
  }
}
