package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.Suggestion;
import dev.yagura.connect.ChannelKind;
import dev.yagura.connect.Place;
import dev.yagura.server.Engine;
import dev.yagura.server.channel.Routing;
import java.util.List;
import java.util.Map;

/** Channels beside the Slack webhook, and what has waited for them in vain. */
final class ChannelOperations {
  private final Engine engine;

  ChannelOperations(Engine engine) {
    this.engine = engine;
  }

  List<Operation> all() {
    return List.of(
        AdminOperations.get("/channels", "All channels and what waits for each.", this::channels),
        AdminOperations.get("/channels/kinds", "What channels there can be.", this::kinds),
        AdminOperations.post(
            "/channels",
            "Sets a channel: name, kind, fields, severity, pattern. Alerts that wait go out.",
            this::set),
        AdminOperations.delete(
            "/channels/{name}", "Removes a channel; what waits goes to others.", this::remove),
        AdminOperations.post(
            "/channels/{name}/test",
            "Sends a sample alert to a channel: language.",
            call ->
                new SlackTest(engine)
                    .send(place(call).channel(), call.json().path("language").asText(""))),
        AdminOperations.post(
            "/alerts/resend",
            "Tries an alert again that waits or was given up: key.",
            this::resend));
  }

  private JsonNode channels(Call call) {
    Map<String, Integer> waiting = engine.store().outbox().waiting();
    Map<String, ObjectNode> records = engine.alerts().channels().all();
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    for (Place place : engine.alerts().channels().places()) {
      ObjectNode one = data.addObject().put("name", place.id());
      one.put("description", place.channel().describe());
      one.put("threads", place.channel().hasThreads());
      one.put("waiting", waiting.getOrDefault(place.id(), 0));
      ObjectNode record = records.remove(place.id());
      if (record != null) {
        one.setAll(record);
      }
    }
    records.forEach(
        (name, record) -> data.addObject().put("name", name).put("unusable", true).setAll(record));
    return answer.put("unrouted", waiting.getOrDefault("", 0));
  }

  private JsonNode kinds(Call call) {
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    for (ChannelKind kind : engine.alerts().channels().kinds()) {
      ObjectNode one = data.addObject().put("name", kind.name()).put("doc", kind.doc());
      ArrayNode fields = one.putArray("fields");
      for (ChannelKind.Field field : kind.fields()) {
        fields
            .addObject()
            .put("name", field.name())
            .put("doc", field.doc())
            .put("secret", field.secret())
            .put("required", field.required());
      }
    }
    return answer;
  }

  private JsonNode set(Call call) {
    ObjectNode body = call.json();
    JsonNode pattern = body.path("pattern");
    Routing routing =
        Routing.of(
            body.path("severity").asText(""),
            pattern.isObject() ? pattern.toString() : pattern.asText(""));
    String name = AdminOperations.need(call, "name");
    engine
        .alerts()
        .channels()
        .put(
            name,
            AdminOperations.need(call, "kind"),
            AdminOperations.texts(body.path("fields")),
            routing);
    engine.alerts().changed(name);
    ObjectNode answer = Json.object().put("name", name);
    answer.put("description", place(name).channel().describe());
    ArrayNode warnings = answer.putArray("warnings");
    routing
        .pattern()
        .ifPresent(
            one ->
                one.warnings(engine.catalogue())
                    .forEach(problem -> warnings.add(problem.toString())));
    return answer;
  }

  private Place place(Call call) {
    return place(call.path("name"));
  }

  private Place place(String name) {
    return engine
        .alerts()
        .channels()
        .find(name)
        .orElseThrow(
            () -> {
              List<String> names =
                  engine.alerts().channels().places().stream().map(Place::id).toList();
              String near = Suggestion.nearest(name, names);
              return Failure.user(
                      "not_found",
                      "there is no channel '"
                          + name
                          + "'"
                          + (near == null ? "" : " (did you mean " + near + "?)"))
                  .asException();
            });
  }

  private JsonNode remove(Call call) {
    String name = call.path("name");
    if (!engine.alerts().channels().remove(name)) {
      Place unused = place(name);
      throw Failure.user(
              "invalid_param", "the webhook is removed by: yagura slack unset (DELETE /api/slack)")
          .asException();
    }
    engine.alerts().changed(name);
    return Json.object().put("name", name).put("removed", true);
  }

  private JsonNode resend(Call call) {
    String key = AdminOperations.need(call, "key");
    if (!engine.store().outbox().hurryOne(key, engine.clock().instant())) {
      throw Failure.user(
              "not_found",
              "no alert with this key waits or was given up (expected: a key of GET /api/slack)")
          .asException();
    }
    engine.alerts().wake();
    return Json.object().put("key", key).put("result", "queued");
  }
}
