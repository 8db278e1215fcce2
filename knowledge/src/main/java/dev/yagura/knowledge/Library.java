package dev.yagura.knowledge;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.knowledge.KnowledgeStore.Base;
import dev.yagura.knowledge.KnowledgeStore.Document;
import dev.yagura.knowledge.KnowledgeStore.Segment;
import dev.yagura.knowledge.index.SegmentIndex;
import dev.yagura.knowledge.text.Extractors;
import dev.yagura.knowledge.text.Piece;
import dev.yagura.knowledge.text.Segmenter;
import dev.yagura.model.EmbeddingModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The knowledge bases: takes documents in, and looks things up in them. */
public final class Library implements Knowledge, AutoCloseable {
  /** Most segments that one document may have. */
  static final int MAX_SEGMENTS = 50_000;

  private static final int PAGE = 500;
  private static final int NAMES = 64;

  private final KnowledgeStore store;
  private final InstantSource clock;
  private final Supplier<Optional<EmbeddingModel>> embedding;
  private final Embedder embedder;

  /**
   * Held while store and index change together, so that the one never knows what the other lacks.
   */
  private final Lock changes = new ReentrantLock();

  /** The same document is taken in by one at a time. */
  private final List<Lock> names = Stream.<Lock>generate(ReentrantLock::new).limit(NAMES).toList();

  private final SegmentIndex index = new SegmentIndex();
  private final Map<String, Base> bundled = new ConcurrentHashMap<>();
  private volatile boolean complete;

  /**
   * @param embedding the system's embedding model as of now; empty for full text alone
   */
  public Library(
      KnowledgeStore store, InstantSource clock, Supplier<Optional<EmbeddingModel>> embedding) {
    this.store = store;
    this.clock = clock;
    this.embedding = embedding;
    this.embedder = new Embedder(embedding);
  }

  /** Makes the index from what is kept; retrieval answers meanwhile from what is there. */
  public void rebuild() {
    for (Base base : store.bases()) {
      index.removeBase(base.id());
    }
    Map<String, String> documentNames = new HashMap<>();
    Map<String, String> baseNames = new HashMap<>();
    for (Base base : store.bases()) {
      baseNames.put(base.id(), base.name());
      store
          .documents(base.id())
          .forEach(document -> documentNames.put(document.id(), document.name()));
    }
    String after = "";
    while (after != null) {
      after = indexPage(after, baseNames, documentNames);
    }
    index.refresh();
    complete = true;
  }

  /** Gives the last id of the page, or null where there was none. */
  private @Nullable String indexPage(
      String after, Map<String, String> baseNames, Map<String, String> documentNames) {
    changes.lock();
    try {
      List<Segment> page = store.segments(after, PAGE);
      for (Segment segment : page) {
        if (!documentNames.containsKey(segment.document())) {
          // It came while the index was made, and is in it under its name.
          continue;
        }
        index.add(
            List.of(segment),
            baseNames.getOrDefault(segment.base(), ""),
            documentNames.getOrDefault(segment.document(), ""),
            "");
      }
      return page.isEmpty() ? null : page.getLast().id();
    } finally {
      changes.unlock();
    }
  }

  /** Says that a read-only base will come, so that workflows can be bound to it. */
  public void declare(Base base) {
    bundled.put(base.id(), base);
  }

  /**
   * A document that comes with the product.
   *
   * @param keywords names by which all of it is found, besides what it says itself
   */
  public record Bundled(String name, List<Piece> pieces, List<String> keywords) {}

  /** Puts a read-only base into the index that is not kept in the store. */
  public void bundle(Base base, List<Bundled> documents) {
    bundled.put(base.id(), base);
    for (Bundled document : documents) {
      String id = base.id() + "/" + document.name();
      index.add(
          Segments.of(base.id(), id, document.pieces()),
          base.name(),
          document.name(),
          String.join(" ", document.keywords()));
    }
    index.refresh();
  }

  /** All bases, the bundled ones first. */
  public List<Base> bases() {
    List<Base> all = new ArrayList<>(bundled.values());
    all.addAll(store.bases());
    return all;
  }

  public boolean isBundled(String base) {
    return bundled.containsKey(base);
  }

  public List<Document> documents(String base) {
    return store.documents(base);
  }

  /** The base of this id or name. */
  public Optional<Base> find(String idOrName) {
    return bases().stream()
        .filter(base -> base.id().equals(idOrName) || base.name().equalsIgnoreCase(idOrName))
        .findFirst();
  }

  /** The base of this name, which is made where it is missing. */
  public Base baseNamed(String name) {
    Base base = find(name).orElseGet(() -> newBase(name));
    if (isBundled(base.id())) {
      throw Failure.user(
              "ReadOnlyKnowledge",
              "the knowledge base " + name + " is read-only (expected: one of your own)")
          .asException();
    }
    return base;
  }

  private Base newBase(String name) {
    if (name.isBlank() || name.length() > 40) {
      throw Failure.user("InvalidName", "'" + name + "' is no name (expected: 1 to 40 characters)")
          .asException();
    }
    var base = new Base(UUID.randomUUID().toString(), name.strip(), clock.instant());
    store.putBase(base);
    return base;
  }

  /** What became of a file. */
  public record Added(Document document, boolean unchanged, String note) {}

  /**
   * Takes a file in, under its name: the same file again changes nothing, a changed one replaces
   * the one before. A file that cannot be used is kept as failed, with the reason.
   */
  public Added add(Base base, String name, Path file) throws InterruptedException {
    Lock one = names.get(Math.floorMod((base.id() + "/" + name).hashCode(), NAMES));
    one.lockInterruptibly();
    try {
      return addAlone(base, name, file);
    } finally {
      one.unlock();
    }
  }

  private Added addAlone(Base base, String name, Path file) throws InterruptedException {
    String hash = FileHash.of(file);
    Optional<Document> before =
        store.documents(base.id()).stream().filter(one -> one.name().equals(name)).findFirst();
    if (before.isPresent() && isCurrent(before.get(), hash)) {
      return new Added(before.get(), true, "");
    }
    String id = UUID.randomUUID().toString();
    try {
      List<Piece> pieces = Segmenter.segment(Extractors.read(name, file));
      if (pieces.size() > MAX_SEGMENTS) {
        throw Failure.limit(
                "UnusableDocument",
                name + ": " + pieces.size() + " segments (expected: at most " + MAX_SEGMENTS + ")")
            .asException();
      }
      var embedded = embedder.embed(Segments.of(base.id(), id, pieces));
      Document document = document(base, id, name, hash, "", pieces);
      replace(before, document, embedded.segments(), base);
      return new Added(document, false, embedded.note());
    } catch (FlowException unusable) {
      Document failed = document(base, id, name, hash, unusable.failure().message(), List.of());
      if (before.isEmpty() || !before.get().isIndexed()) {
        store.putDocument(failed, List.of());
      }
      return new Added(failed, false, "");
    }
  }

  /** Whether it is the same file and has the vectors of the model that is set. */
  private boolean isCurrent(Document document, String hash) {
    if (!document.hash().equals(hash) || !document.isIndexed()) {
      return false;
    }
    String model = embedding.get().map(EmbeddingModel::name).orElse("");
    return model.isEmpty()
        || store.segments(document.id() + "-", 1).stream()
            .filter(segment -> segment.document().equals(document.id()))
            .allMatch(segment -> segment.vectorModel().equals(model));
  }

  private void replace(
      Optional<Document> before, Document document, List<Segment> segments, Base base) {
    changes.lock();
    try {
      store.putDocument(document, segments);
      before.ifPresent(old -> index.removeDocument(old.id()));
      index.add(segments, base.name(), document.name(), "");
    } finally {
      changes.unlock();
    }
    index.refresh();
  }

  private Document document(
      Base base, String id, String name, String hash, String error, List<Piece> pieces) {
    int characters = pieces.stream().mapToInt(piece -> piece.text().length()).sum();
    return new Document(
        id, base.id(), name, hash, error, pieces.size(), characters, clock.instant());
  }

  @Override
  public Answer retrieve(List<String> bases, String query, int topK, double threshold)
      throws InterruptedException {
    String asked = query.length() > MAX_QUERY ? query.substring(0, MAX_QUERY) : query;
    if (asked.isBlank() || bases.isEmpty()) {
      return new Answer(List.of(), "");
    }
    float[] vector = new float[0];
    String model = "";
    String note = complete ? "" : "the index is being built; what is there was searched";
    Optional<EmbeddingModel> chosen = embedding.get();
    if (chosen.isPresent()) {
      try {
        vector =
            chosen.get().embed(List.of(asked), EmbeddingModel.Purpose.QUERY).vectors().getFirst();
        model = chosen.get().name();
      } catch (FlowException unavailable) {
        note = "vectors are unavailable, searched by words: " + unavailable.failure().message();
      }
    }
    List<Hit> hits =
        index.search(bases, asked, vector, model, topK).stream()
            .filter(hit -> hit.score() >= threshold)
            .toList();
    return new Answer(hits, note);
  }

  public void deleteDocument(String id) {
    changes.lock();
    try {
      store.deleteDocument(id);
      index.removeDocument(id);
    } finally {
      changes.unlock();
    }
    index.refresh();
  }

  @Override
  public void close() {
    index.close();
  }
}
