package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.server.app.JsonRecords;
import dev.yagura.server.http.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Tags of datasets. */
final class Tags {
  private static final int MAX_TAGS = 1_000;
  private static final String DATASETS = "datasets";

  private final JsonRecords records;

  Tags(JsonRecords records) {
    this.records = records;
  }

  /**
   * @param datasets their ids
   */
  record Tag(String id, String name, Set<String> datasets) {
    ObjectNode brief() {
      return Json.object().put("id", id).put("name", name).put("type", "knowledge");
    }

    /** Dify gives the number as a text. */
    ObjectNode view() {
      return brief().put("binding_count", String.valueOf(datasets.size()));
    }
  }

  List<Tag> all() {
    List<Tag> all = new ArrayList<>();
    records.all().forEach((id, json) -> all.add(tag(id, json)));
    all.sort(Comparator.comparing(Tag::name).thenComparing(Tag::id));
    return all;
  }

  private static Tag tag(String id, ObjectNode json) {
    Set<String> datasets = new LinkedHashSet<>();
    json.path(DATASETS).forEach(one -> datasets.add(one.asText()));
    return new Tag(id, json.path("name").asText(), datasets);
  }

  Tag get(String id) {
    return records
        .find(id)
        .map(json -> tag(id, json))
        .orElseThrow(() -> Failure.user("not_found", "Tag not found").asException());
  }

  List<Tag> of(String dataset) {
    return all().stream().filter(tag -> tag.datasets().contains(dataset)).toList();
  }

  boolean isBound(String dataset, List<String> ids) {
    return of(dataset).stream().anyMatch(tag -> ids.contains(tag.id()));
  }

  private Tag put(Tag tag) {
    ObjectNode json = JsonRecords.object().put("name", tag.name());
    tag.datasets().forEach(json.putArray(DATASETS)::add);
    records.put(tag.id(), json);
    return tag;
  }

  synchronized Tag create(String name) {
    if (all().size() >= MAX_TAGS) {
      throw Fields.invalidParam("name", name, "at most " + MAX_TAGS + " tags");
    }
    refuseTaken(name, "");
    return put(new Tag(UUID.randomUUID().toString(), name, Set.of()));
  }

  private void refuseTaken(String name, String own) {
    if (all().stream().anyMatch(tag -> tag.name().equals(name) && !tag.id().equals(own))) {
      throw Fields.invalidParam("Tag name already exists");
    }
  }

  synchronized Tag rename(String id, String name) {
    Tag before = get(id);
    refuseTaken(name, id);
    return put(new Tag(id, name, before.datasets()));
  }

  synchronized void delete(String id) {
    boolean unused = records.delete(get(id).id());
  }

  synchronized void bind(List<String> ids, String dataset) {
    for (Tag tag : ids.stream().map(this::get).toList()) {
      tag.datasets().add(dataset);
      Tag unused = put(tag);
    }
  }

  synchronized void unbind(String id, String dataset) {
    Tag tag = get(id);
    if (tag.datasets().remove(dataset)) {
      Tag unused = put(tag);
    }
  }

  /** The dataset is no more. */
  synchronized void forget(String dataset) {
    of(dataset).forEach(tag -> unbind(tag.id(), dataset));
  }
}
