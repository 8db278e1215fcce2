package dev.yagura.knowledge;

import dev.yagura.base.Failure;
import dev.yagura.knowledge.index.IndexedSegment;
import dev.yagura.knowledge.text.Piece;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The knowledge bases: those of the store, and the read-only ones that come with the product. */
public final class Bases {
  /** Longest name, in characters (dify-contract §4.5). */
  public static final int MAX_NAME = 40;

  private final KnowledgeStore store;
  private final InstantSource clock;
  private final IndexKeeping index;
  private final Map<String, Base> bundled = new ConcurrentHashMap<>();
  private final Map<String, List<Bundled>> pages = new ConcurrentHashMap<>();
  private final Map<String, String> revisions = new ConcurrentHashMap<>();

  Bases(KnowledgeStore store, InstantSource clock, IndexKeeping index) {
    this.store = store;
    this.clock = clock;
    this.index = index;
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
    declare(base);
    pages.put(base.id(), documents);
    put(base, documents);
  }

  /** Puts texts into the index that are searched for names alone; gives the id to search. */
  String hidden(Bundled texts) {
    Base base = Base.of("names/" + texts.name(), texts.name(), Instant.EPOCH);
    put(base, List.of(texts));
    return base.id();
  }

  private void put(Base base, List<Bundled> documents) {
    Map<String, String> there = index.documents();
    for (Bundled document : documents) {
      String id = base.id() + "/" + document.name();
      String revision = FileHash.of(document.toString()) + "#0";
      revisions.put(id, revision);
      if (!revision.equals(there.get(id))) {
        index.bundle(id, revision, segments(base, id, document));
      }
    }
    index.refresh();
  }

  private static List<IndexedSegment> segments(Base base, String id, Bundled document) {
    String keywords = String.join(" ", document.keywords());
    List<IndexedSegment> all = new ArrayList<>();
    for (Piece piece : document.pieces()) {
      int position = all.size() + 1;
      var segment =
          new Segment(
              Segmentation.id(id, 1, position),
              base.id(),
              id,
              1,
              "",
              Segment.Kind.TEXT,
              position,
              piece.heading(),
              piece.text(),
              "",
              piece.page(),
              true,
              Segment.State.COMPLETED,
              "",
              Instant.EPOCH);
      all.add(new IndexedSegment(segment, base.name(), document.name(), keywords, List.of()));
    }
    return all;
  }

  /** The documents of a base that comes with the product; none of any other. */
  public List<Bundled> bundledDocuments(String base) {
    return pages.getOrDefault(base, List.of());
  }

  Map<String, String> bundledRevisions() {
    return revisions;
  }

  /** All bases, the bundled ones first. */
  public List<Base> all() {
    List<Base> all = new ArrayList<>(bundled.values());
    all.sort(Comparator.comparing(Base::id));
    all.addAll(store.bases());
    return all;
  }

  public boolean isBundled(String base) {
    return bundled.containsKey(base);
  }

  /** The base of this id or name. */
  public Optional<Base> find(String idOrName) {
    return all().stream()
        .filter(base -> base.id().equals(idOrName) || base.name().equalsIgnoreCase(idOrName))
        .findFirst();
  }

  /** The base of this name, which is made where it is missing. */
  public Base named(String name) {
    Base base = find(name).orElseGet(() -> create(name, "", Base.Settings.DEFAULT));
    refuseBundled(base);
    return base;
  }

  private void refuseBundled(Base base) {
    if (isBundled(base.id())) {
      throw Failure.user(
              "ReadOnlyKnowledge",
              "the knowledge base " + base.name() + " is read-only (expected: one of your own)")
          .asException();
    }
  }

  /** Makes a base; a FlowException where the name is none, or taken. */
  public synchronized Base create(String name, String description, Base.Settings settings) {
    Base base =
        Base.of(UUID.randomUUID().toString(), free(name, ""), clock.instant())
            .named(name.strip(), description, clock.instant())
            .with(settings, clock.instant());
    store.putBase(base);
    return base;
  }

  private String free(String name, String own) {
    String text = name.strip();
    if (text.isEmpty() || text.length() > MAX_NAME) {
      throw Failure.user("InvalidName", "'" + name + "' is no name (expected: 1 to 40 characters)")
          .asException();
    }
    find(text)
        .filter(other -> !other.id().equals(own))
        .ifPresent(
            other -> {
              throw Failure.user(
                      "dataset_name_duplicate",
                      "The dataset name already exists. Please modify your dataset name.")
                  .asException();
            });
    return text;
  }

  /** Changes a base; what it is called in the index follows. */
  public synchronized Base change(String id, UnaryOperator<Base> change) {
    Base before = get(id);
    refuseBundled(before);
    Base after = change.apply(before);
    if (!after.name().equals(before.name())) {
      String unused = free(after.name(), id);
    }
    store.putBase(after);
    if (!after.name().equals(before.name())) {
      store.documents(id).forEach(document -> index.put(document.id()));
    }
    return after;
  }

  /** A FlowException {@code not_found} where there is none. */
  public Base get(String id) {
    return all().stream()
        .filter(base -> base.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Failure.user("not_found", "Dataset not found.").asException());
  }

  /** The model of its vectors, or empty. */
  String servedModel(String id) {
    return store.bases().stream()
        .filter(base -> base.id().equals(id))
        .findFirst()
        .map(Base::servedModel)
        .orElse("");
  }
}
