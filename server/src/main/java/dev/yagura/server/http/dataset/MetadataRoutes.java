package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Base.MetadataField;
import dev.yagura.knowledge.Library;
import dev.yagura.server.http.Caller;
import dev.yagura.server.http.Json;
import dev.yagura.server.http.Permission;
import dev.yagura.server.http.Requests;
import dev.yagura.server.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;

/** The fields of metadata that a dataset has, and their values in documents. */
final class MetadataRoutes {
  private static final String ALL = "/v1/datasets/{dataset}/metadata";
  private static final String ONE = ALL + "/{metadata}";
  private static final int MAX_NAME = 255;

  private final Targets targets;
  private final MetadataEditing editing;

  MetadataRoutes(Library library, Targets targets) {
    this.targets = targets;
    this.editing = new MetadataEditing(library, targets);
  }

  void register(Routes routes) {
    routes.add(HandlerType.GET, ALL, Permission.DATASET, "The fields of metadata.", this::list);
    routes.add(
        HandlerType.POST, ALL, Permission.DATASET, "Makes a field: type, name.", this::create);
    routes.add(
        HandlerType.GET,
        ALL + "/built-in",
        Permission.DATASET,
        "The fields that every document can have.",
        this::builtIn);
    routes.add(
        HandlerType.POST,
        ALL + "/built-in/{action}",
        Permission.DATASET,
        "Shows those fields or not: enable or disable.",
        this::switchBuiltIn);
    routes.add(HandlerType.PATCH, ONE, Permission.DATASET, "Renames a field: name.", this::rename);
    routes.add(HandlerType.DELETE, ONE, Permission.DATASET, "Deletes a field.", this::delete);
    routes.add(
        HandlerType.POST,
        "/v1/datasets/{dataset}/documents/metadata",
        Permission.DATASET,
        "Sets values in documents: operation_data.",
        this::set);
  }

  private void list(Context context, Caller caller) {
    Base base = targets.base(context);
    var documents = targets.documents(base);
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("doc_metadata");
    for (MetadataField field : base.settings().fields()) {
      MetadataViews.view(all.addObject(), field)
          .put(
              "count",
              documents.stream()
                  .filter(one -> one.settings().metadata().containsKey(field.name()))
                  .count());
    }
    Requests.answer(
        context, 200, answer.put("built_in_field_enabled", base.settings().builtInFields()));
  }

  private void create(Context context, Caller caller) {
    Base base = targets.own(context);
    Fields fields = Fields.of(Requests.json(context));
    String type =
        fields
            .choice("type", "string", "number", "time")
            .orElseThrow(
                () ->
                    Fields.invalidParam("type: Field required (expected: string, number or time)"));
    MetadataField field = editing.create(base.id(), fields.need("name", MAX_NAME).strip(), type);
    Requests.answer(context, 201, MetadataViews.view(Json.object(), field));
  }

  private void builtIn(Context context, Caller caller) {
    Base unused = targets.base(context);
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("fields");
    for (MetadataField field : MetadataViews.BUILT_IN) {
      all.addObject().put("name", field.name()).put("type", field.type());
    }
    Requests.answer(context, 200, answer);
  }

  private void switchBuiltIn(Context context, Caller caller) {
    Base base = targets.own(context);
    String action = context.pathParam("action");
    if (!List.of("enable", "disable").contains(action)) {
      throw Failure.user("invalid_action", "Invalid action (expected: enable or disable)")
          .asException();
    }
    editing.showBuiltIn(base.id(), action.equals("enable"));
    success(context);
  }

  private static void success(Context context) {
    Requests.answer(context, 200, Json.object().put("result", "success"));
  }

  private void rename(Context context, Caller caller) {
    Base base = targets.own(context);
    String name = Fields.of(Requests.json(context)).need("name", MAX_NAME).strip();
    MetadataField field = editing.rename(base, context.pathParam("metadata"), name);
    Requests.answer(context, 200, MetadataViews.view(Json.object(), field));
  }

  private void delete(Context context, Caller caller) {
    editing.delete(targets.own(context), context.pathParam("metadata"));
    context.status(204);
  }

  private void set(Context context, Caller caller) {
    editing.set(targets.own(context), Fields.of(Requests.json(context)));
    success(context);
  }
}
