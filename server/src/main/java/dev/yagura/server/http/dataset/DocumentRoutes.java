package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.Library;
import dev.yagura.server.http.Caller;
import dev.yagura.server.http.Json;
import dev.yagura.server.http.Permission;
import dev.yagura.server.http.Requests;
import dev.yagura.server.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Locale;

/** Documents that are there. */
final class DocumentRoutes {
  private static final String ALL = "/v1/datasets/{dataset}/documents";
  private static final List<String> STATUSES =
      List.of(
          "queuing", "indexing", "paused", "error", "available", "enabled", "disabled", "archived");

  private final Library library;
  private final Targets targets;

  DocumentRoutes(Library library, Targets targets) {
    this.library = library;
    this.targets = targets;
  }

  void register(Routes routes) {
    routes.add(
        HandlerType.GET, ALL, Permission.DATASET, "Documents, the newest first.", this::list);
    routes.add(
        HandlerType.GET,
        ALL + "/{batch}/indexing-status",
        Permission.DATASET,
        "How far the work on the documents of a batch is.",
        this::indexing);
    routes.add(
        HandlerType.GET,
        ALL + "/{document}",
        Permission.DATASET,
        "A document; metadata: all, only or without.",
        this::detail);
    routes.add(
        HandlerType.DELETE,
        ALL + "/{document}",
        Permission.DATASET,
        "Deletes a document.",
        this::delete);
  }

  private void list(Context context, Caller caller) {
    Base base = targets.base(context);
    String keyword = DatasetRoutes.query(context, "keyword").toLowerCase(Locale.ROOT);
    String status = DatasetRoutes.query(context, "status");
    if (!status.isEmpty() && !STATUSES.contains(status)) {
      throw Fields.invalidParam("status", status, String.join(", ", STATUSES));
    }
    List<Document> all = targets.documents(base);
    List<Document> shown =
        all.reversed().stream()
            .filter(one -> one.name().toLowerCase(Locale.ROOT).contains(keyword))
            .filter(one -> status.isEmpty() || isIn(one, status))
            .toList();
    Requests.answer(
        context, 200, Page.of(context).view(shown, one -> DocumentViews.document(base, one, all)));
  }

  private static boolean isIn(Document document, String status) {
    String own = DocumentViews.displayStatus(document);
    return own.equals(status) || (status.equals("enabled") && own.equals("available"));
  }

  private void indexing(Context context, Caller caller) {
    Base base = targets.base(context);
    String batch = context.pathParam("batch");
    List<Document> documents =
        library.documents(base.id()).stream()
            .filter(one -> one.settings().batch().equals(batch))
            .toList();
    if (batch.isBlank() || documents.isEmpty()) {
      throw Failure.user("not_found", "Documents not found.").asException();
    }
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    documents.stream().map(DocumentViews::indexing).forEach(data::add);
    Requests.answer(context, 200, answer);
  }

  private void detail(Context context, Caller caller) {
    Base base = targets.base(context);
    Document document = targets.document(context, base);
    String metadata = DatasetRoutes.query(context, "metadata");
    if (!List.of("", "all", "only", "without").contains(metadata)) {
      throw Failure.user(
              "invalid_metadata",
              "Invalid metadata value: " + shown(metadata) + " (expected: all, only or without)")
          .asException();
    }
    ObjectNode answer = DocumentViews.detail(base, document, targets.documents(base));
    if (metadata.equals("only")) {
      JsonNode own = answer.path("doc_metadata");
      answer = Json.object().put("id", document.id()).putNull("doc_type").set("doc_metadata", own);
    } else if (metadata.equals("without")) {
      answer.remove(List.of("doc_type", "doc_metadata"));
    }
    Requests.answer(context, 200, answer);
  }

  private static String shown(String given) {
    return given.length() > 60 ? given.substring(0, 60) + "…" : given;
  }

  private void delete(Context context, Caller caller) {
    Document document = targets.document(context, targets.own(context));
    if (document.settings().archived()) {
      throw Failure.user("archived_document_immutable", "The archived document is not editable.")
          .asException();
    }
    if (!document.state().isFinal() && document.state() != Document.State.PAUSED) {
      throw Failure.user("document_indexing", "Cannot delete document during indexing.")
          .asException();
    }
    library.deleteDocument(document.id());
    context.status(204);
  }
}
