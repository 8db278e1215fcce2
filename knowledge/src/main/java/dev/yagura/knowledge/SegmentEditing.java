package dev.yagura.knowledge;

import dev.yagura.base.Failure;
import dev.yagura.knowledge.Segment.Kind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Segments of finished documents, as people read and change them. */
public final class SegmentEditing {
  private static final int PAGE = 500;
  private static final int CHILD_PAGE = 50;

  private final KnowledgeStore store;
  private final Documents documents;
  private final Embedder embedder;
  private final IndexKeeping index;
  private final InstantSource clock;

  SegmentEditing(
      KnowledgeStore store,
      Documents documents,
      Embedder embedder,
      IndexKeeping index,
      InstantSource clock) {
    this.store = store;
    this.documents = documents;
    this.embedder = embedder;
    this.index = index;
    this.clock = clock;
  }

  /** What a person calls the segments of the document, in order. */
  public List<Segment> shown(Document document) {
    return all(document, one -> one.kind().isShown());
  }

  /** The parts by which a parent is found; their ids come right after its own. */
  public List<Segment> children(Segment parent) {
    List<Segment> children = new ArrayList<>();
    String after = parent.id();
    while (true) {
      List<Segment> page =
          store.segments(parent.document(), parent.generation(), after, CHILD_PAGE);
      for (Segment one : page) {
        if (!one.parent().equals(parent.id())) {
          return children;
        }
        if (one.kind() == Kind.CHILD) {
          children.add(one);
        }
      }
      if (page.isEmpty()) {
        return children;
      }
      after = page.getLast().id();
    }
  }

  private List<Segment> all(Document document, Predicate<Segment> which) {
    List<Segment> all = new ArrayList<>();
    String after = "";
    while (true) {
      List<Segment> page = store.segments(document.id(), document.generation(), after, PAGE);
      if (page.isEmpty()) {
        return all;
      }
      page.stream().filter(which).forEach(all::add);
      after = page.getLast().id();
    }
  }

  public Optional<Segment> find(String id) {
    return store.segment(id);
  }

  /**
   * Adds a segment at the end of a finished document.
   *
   * @param answer of a pair; empty for other forms
   */
  public Segment add(Document document, String text, String answer) throws InterruptedException {
    int position =
        1
            + all(document, one -> one.kind() != Kind.CHILD).stream()
                .mapToInt(SegmentEditing::place)
                .max()
                .orElse(0);
    Kind kind =
        switch (document.settings().form()) {
          case TEXT -> Kind.TEXT;
          case QUESTIONS -> Kind.PAIR;
          case PARENT_CHILD -> Kind.PARENT;
        };
    Segment added =
        new Segment(
            Segmentation.id(document.id(), document.generation(), position),
            document.base(),
            document.id(),
            document.generation(),
            "",
            kind,
            position,
            "",
            text,
            answer,
            0,
            true,
            Segment.State.COMPLETED,
            "",
            clock.instant());
    keep(document.id(), withChildren(added, document));
    return added;
  }

  /** The number of a top segment in its id: pairs are numbered within their part. */
  private static int place(Segment segment) {
    String[] parts = segment.id().substring(segment.document().length() + 1).split("-");
    return Integer.parseInt(parts.length > 1 ? parts[1] : parts[0]);
  }

  private List<Segment> withChildren(Segment segment, Document document) {
    List<Segment> all = new ArrayList<>(List.of(segment));
    if (segment.kind() == Kind.PARENT) {
      all.addAll(
          Segmentation.children(segment, document.settings().rule().childCut(), clock.instant()));
    }
    return all;
  }

  /**
   * Changes what a segment says.
   *
   * @param children whether the parts of a parent are cut anew
   */
  public Segment edit(
      Segment segment, String text, String answer, boolean enabled, boolean children)
      throws InterruptedException {
    Segment edited = segment.saying(text, answer, enabled, clock.instant());
    Document document = documents.get(segment.document());
    if (children && segment.kind() == Kind.PARENT) {
      delete(children(segment));
      keep(document.id(), withChildren(edited, document));
    } else {
      keep(document.id(), withItsChildren(edited, segment.enabled() != enabled));
    }
    return edited;
  }

  /** A parent is found by its parts: it is not found when they are not. */
  private List<Segment> withItsChildren(Segment edited, boolean switched) {
    List<Segment> all = new ArrayList<>(List.of(edited));
    if (switched && edited.kind() == Kind.PARENT) {
      for (Segment child : children(edited)) {
        all.add(child.saying(child.text(), child.answer(), edited.enabled(), clock.instant()));
      }
    }
    return all;
  }

  /** Adds a part to a parent. */
  public Segment addChild(Segment parent, String text) throws InterruptedException {
    if (parent.kind() != Kind.PARENT) {
      throw Failure.user(
              "invalid_param", "only documents of parents and children have child chunks")
          .asException();
    }
    int position = 1 + children(parent).stream().mapToInt(Segment::position).max().orElse(0);
    Segment child = Segmentation.child(parent, position, text, clock.instant());
    keep(parent.document(), List.of(child));
    return child;
  }

  private void keep(String document, List<Segment> segments) throws InterruptedException {
    Document changed =
        documents.change(
            document, one -> one.at(clock.instant()), one -> store.putSegments(one, segments));
    Base base =
        store.bases().stream()
            .filter(one -> one.id().equals(changed.base()))
            .findFirst()
            .orElseThrow();
    String note = embedder.embed(base, document, changed.generation());
    count(document, note);
  }

  private void count(String document, String note) {
    Document served = documents.get(document);
    List<Segment> shown = shown(served);
    int characters =
        shown.stream().mapToInt(one -> one.text().length() + one.answer().length()).sum();
    Document unused =
        documents.change(
            document,
            one ->
                one.with(
                        one.counts()
                            .served(shown.size(), characters)
                            .progress(shown.size(), shown.size()))
                    .noting(note.isEmpty() ? one.note() : note)
                    .at(clock.instant()));
    index.put(document);
  }

  public void delete(List<Segment> segments) {
    if (segments.isEmpty()) {
      return;
    }
    String document = segments.getFirst().document();
    Document unused =
        documents.change(
            document,
            one -> one.at(clock.instant()),
            one -> store.deleteSegments(one, segments.stream().map(Segment::id).toList()));
    count(document, "");
  }
}
