package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.server.http.Caller;
import dev.yagura.server.http.Json;
import dev.yagura.server.http.Permission;
import dev.yagura.server.http.Requests;
import dev.yagura.server.http.Routes;
import dev.yagura.server.http.dataset.Tags.Tag;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;

/** Tags of datasets, and which dataset has which. */
final class TagRoutes {
  private static final String ALL = "/v1/datasets/tags";
  private static final int MAX_NAME = 50;
  private static final int MAX_ID = 64;
  private static final int MAX_BOUND = 100;

  private final Tags tags;
  private final Targets targets;

  TagRoutes(Tags tags, Targets targets) {
    this.tags = tags;
    this.targets = targets;
  }

  void register(Routes routes) {
    routes.add(HandlerType.GET, ALL, Permission.DATASET, "All tags.", this::list);
    routes.add(HandlerType.POST, ALL, Permission.DATASET, "Makes a tag: name.", this::create);
    routes.add(
        HandlerType.PATCH, ALL, Permission.DATASET, "Renames a tag: tag_id, name.", this::rename);
    routes.add(HandlerType.DELETE, ALL, Permission.DATASET, "Deletes a tag: tag_id.", this::delete);
    routes.add(
        HandlerType.POST,
        ALL + "/binding",
        Permission.DATASET,
        "Gives a dataset tags: tag_ids, target_id.",
        this::bind);
    routes.add(
        HandlerType.POST,
        ALL + "/unbinding",
        Permission.DATASET,
        "Takes a tag from a dataset: tag_id, target_id.",
        this::unbind);
    routes.add(
        HandlerType.GET,
        "/v1/datasets/{dataset}/tags",
        Permission.DATASET,
        "The tags of a dataset.",
        this::ofDataset);
  }

  private void list(Context context, Caller caller) {
    ArrayNode all = Json.object().putArray("tags");
    tags.all().stream().map(Tag::view).forEach(all::add);
    Requests.answer(context, 200, all);
  }

  private void create(Context context, Caller caller) {
    Fields fields = Fields.of(Requests.json(context));
    Requests.answer(context, 200, tags.create(fields.need("name", MAX_NAME).strip()).view());
  }

  private void rename(Context context, Caller caller) {
    Fields fields = Fields.of(Requests.json(context));
    Tag renamed = tags.rename(fields.need("tag_id", MAX_ID), fields.need("name", MAX_NAME).strip());
    Requests.answer(context, 200, renamed.view());
  }

  private void delete(Context context, Caller caller) {
    tags.delete(Fields.of(Requests.json(context)).need("tag_id", MAX_ID));
    context.status(204);
  }

  private void bind(Context context, Caller caller) {
    Fields fields = Fields.of(Requests.json(context));
    List<String> ids = fields.texts("tag_ids", MAX_BOUND, MAX_ID);
    if (ids.isEmpty()) {
      throw Fields.invalidParam("Tag IDs is required.");
    }
    tags.bind(ids, targets.base(fields.need("target_id", MAX_ID)).id());
    context.status(204);
  }

  private void unbind(Context context, Caller caller) {
    Fields fields = Fields.of(Requests.json(context));
    tags.unbind(fields.need("tag_id", MAX_ID), targets.base(fields.need("target_id", MAX_ID)).id());
    context.status(204);
  }

  private void ofDataset(Context context, Caller caller) {
    List<Tag> all = tags.of(targets.base(context).id());
    ObjectNode answer = Json.object();
    all.stream().map(Tag::brief).forEach(answer.putArray("data")::add);
    Requests.answer(context, 200, answer.put("total", all.size()));
  }
}
