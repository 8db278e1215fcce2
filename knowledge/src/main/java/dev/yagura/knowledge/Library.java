package dev.yagura.knowledge;

import dev.yagura.knowledge.Document.State;
import dev.yagura.knowledge.index.SegmentIndex;
import dev.yagura.knowledge.text.Extractors;
import dev.yagura.model.Models;
import dev.yagura.model.Price;
import dev.yagura.model.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** The knowledge: takes documents in, works on them, and looks things up in them. */
public final class Library implements Knowledge, AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofHours(12);

  private final KnowledgeStore store;
  private final InstantSource clock;
  private final Models models;
  private final SegmentIndex segments;
  private final IndexKeeping index;
  private final Documents documents;
  private final DocumentFiles files;
  private final Bases bases;
  private final Intake intake;
  private final Workers workers;
  private final VectorKeeping vectors;
  private final Retrieval retrieval;
  private final SegmentEditing editing;
  private volatile boolean complete;

  /**
   * What it works with.
   *
   * @param folder of files and the index
   * @param parallel most calls for questions and answers at once
   * @param pause waits between attempts
   */
  public record Ports(
      KnowledgeStore store,
      Models models,
      InstantSource clock,
      Path folder,
      int parallel,
      Pause pause) {}

  /** Waits between attempts. */
  public interface Pause {
    void rest(Duration time) throws InterruptedException;
  }

  /** Opening it starts nothing. */
  public Library(Ports ports) {
    this(ports, SegmentIndex.in(ports.folder().resolve("index")));
  }

  /** A library of bundled documents alone, which leaves nothing behind. */
  public static Library bundled(Models models) {
    var ports =
        new Ports(
            new InMemoryKnowledge(), models, InstantSource.system(), Path.of(""), 1, time -> {});
    return new Library(ports, SegmentIndex.inMemory());
  }

  private Library(Ports ports, SegmentIndex segments) {
    this.store = ports.store();
    this.clock = ports.clock();
    this.models = ports.models();
    this.segments = segments;
    this.index = new IndexKeeping(store, segments);
    this.documents = new Documents(store);
    this.files = new DocumentFiles(ports.folder().resolve("files"));
    var embedder = new Embedder(store, documents, ports.models(), clock);
    var questions =
        new QuestionMaking(
            store, documents, ports.models(), clock, ports.parallel(), ports.pause());
    var indexing = new Indexing(store, documents, files, embedder, questions, index, clock);
    this.vectors = new VectorKeeping(store, documents, embedder, index);
    this.workers =
        new Workers(
            store,
            indexing,
            () -> {
              index.settle();
              vectors.wake();
            });
    this.retrieval = new Retrieval(store, segments, ports.models());
    this.bases = new Bases(store, clock, index);
    this.intake = new Intake(store, documents, files, workers, embedder, clock);
    this.editing = new SegmentEditing(store, documents, embedder, index, clock);
  }

  /**
   * Makes the index what is kept, and goes on with what was left undone; retrieval answers
   * meanwhile from what is there.
   */
  public void open() {
    index.reconcile(bases.bundledRevisions());
    complete = true;
    workers.start();
  }

  /** Makes vectors that are missing in the background from now on. */
  public void keepVectors() {
    vectors.start();
  }

  /** Makes the vectors that are missing, now. */
  void keepVectorsNow() throws InterruptedException {
    vectors.pass();
  }

  public Bases bases() {
    return bases;
  }

  public SegmentEditing editing() {
    return editing;
  }

  /**
   * Questions that name nothing are helped by names: those of the headings under which the most
   * similar texts stand.
   */
  public void guessFrom(Bases.Bundled texts) {
    retrieval.guessFrom(bases.hidden(texts));
  }

  /** Other models are set: vectors may be missing. */
  public void modelsChanged() {
    vectors.wake();
  }

  public List<Document> documents(String base) {
    return store.documents(base);
  }

  public Optional<Document> document(String id) {
    return store.document(id);
  }

  /**
   * Accepts a file under its name; when it returns, the file is durable and will end as completed
   * or failed. The same file again changes nothing, a changed one replaces the one before when it
   * is ready.
   */
  public Accepted accept(Base base, String name, Path file, Document.Settings settings) {
    return intake.accept(base, name, file, settings);
  }

  /**
   * @param unchanged whether there is nothing to do
   */
  public record Accepted(Document document, boolean unchanged) {}

  /** As {@link #accept}, and waits for the end of the work. */
  public Accepted add(Base base, String name, Path file, Document.Settings settings)
      throws InterruptedException {
    Accepted accepted = accept(base, name, file, settings);
    return new Accepted(await(accepted.document().id()), accepted.unchanged());
  }

  /** About what questions and answers of a file would take. */
  public QuestionEstimate estimate(String name, Path file, Document.Settings settings) {
    var document =
        new Document(
            "estimate",
            "",
            name,
            "",
            0,
            State.WAITING,
            "",
            "",
            settings,
            Document.Counts.NONE,
            clock.instant(),
            clock.instant());
    List<Segment> sources =
        new Segmentation(document, 1, clock.instant())
            .segments(Extractors.read(name, settings.kind(), file));
    return QuestionEstimate.of(sources, settings.language(), models.chat("", "", Map.of()));
  }

  /** Waits until the work on the document is over or paused, or the time is. */
  public Document await(String document, Duration most) throws InterruptedException {
    return workers.await(document, most);
  }

  /** Waits until the work on the document is over or paused. */
  public Document await(String document) throws InterruptedException {
    return workers.await(document, LONGEST_WAIT);
  }

  /** Stops the making of questions after those that are asked; nothing that was paid is lost. */
  public Document pause(String id) {
    return documents.change(
        id, one -> one.state().isFinal() ? one : one.to(State.PAUSED, "", clock.instant()));
  }

  /**
   * Goes on with a paused document.
   *
   * @param budget the new limit in US dollars, 0 for none; empty to keep the one it has
   */
  public Document resume(String id, OptionalDouble budget) {
    return intake.resume(id, budget);
  }

  /** Works on the document once more, from its file. */
  public Document retry(String id) {
    return intake.retry(id);
  }

  /** Changes what is known about a document, and whether it is found. */
  public Document change(String id, UnaryOperator<Document> change) {
    Document changed = documents.change(id, one -> change.apply(one).at(clock.instant()));
    index.put(id);
    return changed;
  }

  public void deleteDocument(String id) {
    Optional<Document> document = store.document(id);
    store.deleteDocument(id);
    index.remove(id);
    document.ifPresent(
        one -> {
          files.delete(id, one.generation());
          files.delete(id, one.generation() + 1);
        });
  }

  /** Deletes the base with all that is in it. */
  public void deleteBase(String id) {
    List<Document> all = store.documents(id);
    store.deleteBase(id);
    for (Document document : all) {
      index.remove(document.id());
      files.delete(document.id(), document.generation());
      files.delete(document.id(), document.generation() + 1);
    }
  }

  /** How many documents of the base have no vectors of the model that is set. */
  public int withoutVectors(Base base) {
    return intake.withoutVectors(base);
  }

  @Override
  public Answer retrieve(Question question) throws InterruptedException {
    String text = question.text().strip();
    if (text.length() > MAX_QUERY) {
      text = text.substring(0, MAX_QUERY);
    }
    if (text.isEmpty() || question.bases().isEmpty()) {
      return Answer.EMPTY;
    }
    var asked = new Question(question.bases(), text, question.search(), question.filter());
    Answer answer = retrieval.answer(asked, bases::servedModel);
    return complete
        ? answer
        : answer.adding(
            Usage.NONE, Price.UNKNOWN, "the index is being built; what is there was searched");
  }

  @Override
  public void close() {
    workers.close();
    vectors.close();
    segments.close();
  }
}
