package dev.yagura.server.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * An app: a workflow that somebody has imported.
 *
 * @param mode as in the DSL file
 * @param draft id of the kept text of the file
 * @param published id of the version that runs, or empty
 * @param bindings knowledge bases by the id of the node that looks things up
 * @param environment values of environment variables that differ from the file's, encrypted
 */
public record App(
    String id,
    String name,
    String description,
    String mode,
    String draft,
    String published,
    Map<String, List<String>> bindings,
    Map<String, String> environment,
    long createdAt) {

  static App of(String id, ObjectNode json) {
    Map<String, List<String>> bindings = new LinkedHashMap<>();
    json.path("bindings")
        .properties()
        .forEach(
            entry ->
                bindings.put(
                    entry.getKey(),
                    StreamSupport.stream(entry.getValue().spliterator(), false)
                        .map(one -> one.asText())
                        .toList()));
    Map<String, String> environment = new LinkedHashMap<>();
    json.path("environment")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    return new App(
        id,
        json.path("name").asText(),
        json.path("description").asText(),
        json.path("mode").asText(),
        json.path("draft").asText(),
        json.path("published").asText(),
        bindings,
        environment,
        json.path("created_at").asLong());
  }

  ObjectNode json() {
    ObjectNode json =
        JsonRecords.object()
            .put("name", name)
            .put("description", description)
            .put("mode", mode)
            .put("draft", draft)
            .put("published", published)
            .put("created_at", createdAt);
    ObjectNode bound = json.putObject("bindings");
    bindings.forEach((node, bases) -> bases.forEach(bound.withArray("/" + escape(node))::add));
    ObjectNode changed = json.putObject("environment");
    environment.forEach(changed::put);
    return json;
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  boolean isPublished() {
    return !published.isEmpty();
  }

  App published(String version) {
    return new App(id, name, description, mode, draft, version, bindings, environment, createdAt);
  }

  App bound(Map<String, List<String>> bases) {
    return new App(id, name, description, mode, draft, published, bases, environment, createdAt);
  }
}
