package dev.yagura.server.http.dataset;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Bases;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.DocumentForm;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.ProcessRule;
import dev.yagura.knowledge.Segment;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;

/** What the path of a request names; each must belong to the one before it. */
record Targets(Library library) {
  Base base(Context context) {
    return base(context.pathParam("dataset"));
  }

  Base base(String id) {
    return library.bases().all().stream()
        .filter(base -> base.id().equals(id))
        .findFirst()
        .orElseThrow(() -> notFound("Dataset"));
  }

  /** One that may be changed; those that come with the product may not. */
  Base own(Context context) {
    Base base = base(context);
    if (library.bases().isBundled(base.id())) {
      throw Failure.user(
              "forbidden",
              "The dataset '"
                  + base.name()
                  + "' comes with the product and is read-only (expected: a dataset of your own).")
          .asException();
    }
    return base;
  }

  /** The oldest first, as positions count. */
  List<Document> documents(Base base) {
    return library.bases().isBundled(base.id())
        ? library.bases().bundledDocuments(base.id()).stream()
            .map(one -> bundled(base, one))
            .toList()
        : library.documents(base.id()).stream()
            .sorted(Comparator.comparing(Document::addedAt).thenComparing(Document::id))
            .toList();
  }

  /** It came with the product, whole. */
  private static Document bundled(Base base, Bases.Bundled bundled) {
    int characters = bundled.pieces().stream().mapToInt(piece -> piece.text().length()).sum();
    int segments = bundled.pieces().size();
    return new Document(
        base.id() + "/" + bundled.name(),
        base.id(),
        bundled.name(),
        "",
        1,
        Document.State.COMPLETED,
        "",
        "",
        Document.Settings.of("md", DocumentForm.TEXT, "", ProcessRule.AUTOMATIC),
        new Document.Counts(segments, characters, segments, segments, 0, 0),
        base.createdAt(),
        base.createdAt());
  }

  Document document(Context context, Base base) {
    return document(context.pathParam("document"), base);
  }

  Document document(String id, Base base) {
    return library
        .document(id)
        .filter(document -> document.base().equals(base.id()))
        .orElseThrow(() -> notFound("Document"));
  }

  /** A document whose segments may be changed. */
  Document finished(Context context, Base base) {
    Document document = document(context, base);
    if (!document.isIndexed()) {
      throw Failure.user("not_found", "Document is not completed.").asException();
    }
    return document;
  }

  Segment segment(Context context, Document document) {
    return library
        .editing()
        .find(context.pathParam("segment"))
        .filter(
            segment ->
                segment.document().equals(document.id())
                    && segment.generation() == document.generation()
                    && segment.kind().isShown())
        .orElseThrow(() -> notFound("Segment"));
  }

  Segment child(Context context, Segment parent) {
    return library
        .editing()
        .find(context.pathParam("child"))
        .filter(
            child ->
                child.kind() == Segment.Kind.CHILD
                    && child.parent().equals(parent.id())
                    && child.document().equals(parent.document()))
        .orElseThrow(() -> notFound("Child chunk"));
  }

  private static FlowException notFound(String what) {
    return Failure.user("not_found", what + " not found.").asException();
  }
}
