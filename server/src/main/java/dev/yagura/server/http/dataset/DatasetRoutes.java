package dev.yagura.server.http.dataset;

import dev.yagura.base.Failure;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Bases;
import dev.yagura.knowledge.Library;
import dev.yagura.server.Engine;
import dev.yagura.server.http.Caller;
import dev.yagura.server.http.Permission;
import dev.yagura.server.http.Requests;
import dev.yagura.server.http.Routes;
import dev.yagura.server.http.dataset.DatasetExtras.Extra;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Knowledge bases. */
final class DatasetRoutes {
  private static final String ALL = "/v1/datasets";
  private static final String ONE = ALL + "/{dataset}";
  private static final int MAX_MEMBERS = 1_000;
  private static final int MAX_DESCRIPTION = 400;

  /** More than this is refused before it is looked at; the library says what a name may be. */
  private static final int LONG_NAME = 1_000;

  private final Engine engine;
  private final Library library;
  private final Targets targets;
  private final DatasetExtras extras;
  private final Tags tags;
  private final DatasetViews views;

  DatasetRoutes(Engine engine, DatasetExtras extras, Tags tags) {
    this.engine = engine;
    this.library = engine.library();
    this.targets = new Targets(library);
    this.extras = extras;
    this.tags = tags;
    this.views = new DatasetViews(engine, extras, tags);
  }

  void register(Routes routes) {
    routes.add(HandlerType.GET, ALL, Permission.DATASET, "Datasets, the newest first.", this::list);
    routes.add(HandlerType.POST, ALL, Permission.DATASET, "Makes a dataset.", this::create);
    routes.add(HandlerType.GET, ONE, Permission.DATASET, "A dataset.", this::get);
    routes.add(HandlerType.PATCH, ONE, Permission.DATASET, "Changes a dataset.", this::change);
    routes.add(
        HandlerType.DELETE,
        ONE,
        Permission.DATASET,
        "Deletes a dataset with all that is in it.",
        this::delete);
  }

  /** Those that come with the product stand last. */
  private void list(Context context, Caller caller) {
    String keyword = query(context, "keyword").toLowerCase(Locale.ROOT);
    List<String> wanted =
        context.queryParams("tag_ids").stream()
            .flatMap(ids -> List.of(ids.split(",")).stream())
            .toList();
    Bases bases = library.bases();
    List<Base> all = new ArrayList<>(bases.all());
    Collections.reverse(all);
    all.sort(java.util.Comparator.comparing(base -> bases.isBundled(base.id())));
    List<Base> shown =
        all.stream()
            .filter(base -> base.name().toLowerCase(Locale.ROOT).contains(keyword))
            .filter(base -> wanted.isEmpty() || tags.isBound(base.id(), wanted))
            .toList();
    Requests.answer(context, 200, Page.of(context).view(shown, views::dataset));
  }

  static String query(Context context, String name) {
    String given = context.queryParam(name);
    return given == null ? "" : given.strip();
  }

  private void create(Context context, Caller caller) {
    Fields fields = Fields.of(Requests.json(context));
    if (fields.choice("provider", "vendor", "external").filter("external"::equals).isPresent()) {
      throw Fields.invalidParam("External datasets are not supported.");
    }
    String name = fields.need("name", LONG_NAME);
    String description = fields.text("description", MAX_DESCRIPTION).orElse("");
    Base.Settings settings = settings(fields, Base.Settings.DEFAULT);
    Extra extra = extra(fields, new Extra("only_me", List.of(), true));
    Base base = library.bases().create(name, description, settings);
    extras.put(base.id(), extra);
    Requests.answer(context, 200, views.dataset(base));
  }

  private Base.Settings settings(Fields fields, Base.Settings before) {
    boolean economy =
        fields
            .choice("indexing_technique", "high_quality", "economy")
            .map("economy"::equals)
            .orElse(before.economy());
    return new Base.Settings(
        before.form(),
        economy,
        EmbeddingChoice.of(fields, engine.models()).orElse(before.embeddingModel()),
        fields
            .object("retrieval_model")
            .map(model -> RetrievalModels.read(model, before.search()))
            .orElse(before.search()),
        before.fields(),
        before.builtInFields());
  }

  private static Extra extra(Fields fields, Extra before) {
    return new Extra(
        fields
            .choice("permission", "only_me", "all_team_members", "partial_members")
            .orElse(before.permission()),
        fields.has("partial_member_list") ? members(fields) : before.members(),
        before.undecided() && !fields.has("indexing_technique"));
  }

  /** Ids, or objects with a {@code user_id}. */
  private static List<String> members(Fields fields) {
    if (fields.json().path("partial_member_list").path(0).isObject()) {
      return fields.objects("partial_member_list", MAX_MEMBERS).stream()
          .map(member -> member.need("user_id", 255))
          .toList();
    }
    return fields.texts("partial_member_list", MAX_MEMBERS, 255);
  }

  private void get(Context context, Caller caller) {
    Requests.answer(context, 200, views.dataset(targets.base(context)));
  }

  private void change(Context context, Caller caller) {
    Base before = targets.own(context);
    Fields fields = Fields.of(Requests.json(context));
    String name = fields.has("name") ? fields.need("name", LONG_NAME).strip() : before.name();
    String description = fields.text("description", MAX_DESCRIPTION).orElse(before.description());
    Base.Settings settings = settings(fields, before.settings());
    Extra extra = extra(fields, extras.of(before.id()));
    Base after =
        library
            .bases()
            .change(
                before.id(),
                base ->
                    base.named(name, description, engine.clock().instant())
                        .with(settings, engine.clock().instant()));
    extras.put(before.id(), extra);
    library.modelsChanged();
    Requests.answer(context, 200, views.dataset(after));
  }

  private void delete(Context context, Caller caller) {
    Base base = targets.own(context);
    if (views.apps(base) > 0) {
      throw Failure.user(
              "dataset_in_use",
              "The dataset is being used by some apps. Please remove the dataset from the apps"
                  + " before deleting it.")
          .asException();
    }
    library.deleteBase(base.id());
    extras.delete(base.id());
    tags.forget(base.id());
    context.status(204);
  }
}
