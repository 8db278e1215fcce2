package dev.yagura.server.http.dataset;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
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

/** Whether documents are found. */
final class DocumentStatusRoutes {
  private static final int MAX_DOCUMENTS = 500;
  private static final int MAX_ID = 64;

  private final Library library;
  private final Targets targets;

  DocumentStatusRoutes(Library library, Targets targets) {
    this.library = library;
    this.targets = targets;
  }

  void register(Routes routes) {
    routes.add(
        HandlerType.PATCH,
        "/v1/datasets/{dataset}/documents/status/{action}",
        Permission.DATASET,
        "Documents are found or not: enable, disable, archive or un_archive; document_ids.",
        this::change);
  }

  /** All of them are looked at before the first is changed. */
  private void change(Context context, Caller caller) {
    Base base = targets.own(context);
    String action = context.pathParam("action");
    if (!List.of("enable", "disable", "archive", "un_archive").contains(action)) {
      throw invalid("Invalid action (expected: enable, disable, archive or un_archive)");
    }
    List<String> ids =
        Fields.of(Requests.json(context)).texts("document_ids", MAX_DOCUMENTS, MAX_ID);
    List<Document> documents = ids.stream().map(id -> targets.document(id, base)).toList();
    for (Document document : documents) {
      if (!document.state().isFinal()) {
        throw invalid("Document:" + document.name() + " is being indexed, please try again later");
      }
    }
    for (Document document : documents) {
      Document unused = library.change(document.id(), one -> changed(one, action));
    }
    Requests.answer(context, 200, Json.object().put("result", "success"));
  }

  private static Document changed(Document document, String action) {
    Document.Settings old = document.settings();
    Document.Settings settings =
        switch (action) {
          case "enable" -> old.found(true, old.archived());
          case "disable" -> old.found(false, old.archived());
          case "archive" -> old.found(old.enabled(), true);
          default -> old.found(old.enabled(), false);
        };
    return document.with(settings, document.changedAt());
  }

  private static FlowException invalid(String message) {
    return Failure.user("invalid_action", message).asException();
  }
}
