package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.graph.RunState;
import dev.yagura.graph.value.Value;
import dev.yagura.node.text.JsonValues;
import dev.yagura.run.Origin;
import dev.yagura.run.stream.ClientEvent;
import dev.yagura.server.run.Runs;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Puts what Dify's clients expect around the events of a run (dify-contract §4.4). */
final class Envelopes {
  private final Runs.Order order;
  private final String task;
  private final InstantSource clock;
  private final Map<String, Long> begun = new HashMap<>();

  /** By the place of the execution; several events name the same. */
  private final Map<String, String> executions = new HashMap<>();

  private Value.Obj system = Value.EMPTY;
  private long tokens;
  private long runBegan;

  Envelopes(Runs.Order order, InstantSource clock) {
    this.order = order;
    this.task = Runs.task(order.id());
    this.clock = clock;
    this.runBegan = clock.millis();
  }

  /** The run begins with these variables of {@code sys}. */
  void begins(Value.Obj variables) {
    system = variables;
  }

  /**
   * The event as the client gets it.
   *
   * @param state of the run after it
   */
  ObjectNode of(ClientEvent event, RunState state) {
    ObjectNode given = (ObjectNode) JsonValues.toJson(event.data());
    ObjectNode data =
        switch (event.name()) {
          case "workflow_started" -> started(given);
          case "node_started" -> nodeStarted(given);
          case "iteration_started", "loop_started" -> containerStarted(given);
          case "node_finished", "node_retry", "iteration_completed", "loop_completed" ->
              ended(event.name(), given);
          case "workflow_finished" -> finished(given, state);
          case "text_chunk" -> given;
          default -> given.put("id", execution(given)).put("created_at", seconds());
        };
    ObjectNode whole = Json.object();
    whole.put("event", event.name());
    whole.put("workflow_run_id", order.id().value());
    whole.put("task_id", task);
    whole.set("data", data);
    return whole;
  }

  private long seconds() {
    return clock.millis() / 1000;
  }

  private ObjectNode started(ObjectNode given) {
    runBegan = clock.millis();
    ObjectNode data = Json.object();
    data.put("id", order.id().value());
    data.put("workflow_id", order.workflow().id());
    ObjectNode inputs = given.withObject("/inputs");
    system.fields().forEach((name, value) -> inputs.set("sys." + name, JsonValues.toJson(value)));
    data.set("inputs", inputs);
    return data.put("created_at", seconds());
  }

  /** The id of a node's execution: one for a node in a round, whatever its attempts. */
  private String execution(ObjectNode given) {
    String name =
        order.id()
            + "/"
            + given.path("node_id").asText()
            + "/"
            + given.path("iteration_index").asText()
            + "/"
            + given.path("loop_index").asText();
    return executions.computeIfAbsent(
        name, key -> UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString());
  }

  private ObjectNode about(ObjectNode given) {
    ObjectNode data = Json.object();
    data.put("id", execution(given));
    for (String name : new String[] {"node_id", "node_type", "title"}) {
      data.set(name, given.path(name));
    }
    data.put("index", 1).putNull("predecessor_node_id");
    return data;
  }

  private ObjectNode nodeStarted(ObjectNode given) {
    begun.put(execution(given), clock.millis());
    ObjectNode data = about(given);
    data.putNull("inputs");
    data.put("inputs_truncated", false).put("created_at", seconds());
    data.putObject("extras");
    place(data, given);
    data.putNull("agent_strategy");
    return data;
  }

  private static void place(ObjectNode data, ObjectNode given) {
    for (String name : new String[] {"iteration_id", "loop_id"}) {
      if (given.has(name)) {
        data.set(name, given.get(name));
      } else {
        data.putNull(name);
      }
    }
  }

  private ObjectNode containerStarted(ObjectNode given) {
    begun.put(execution(given), clock.millis());
    ObjectNode data = about(given);
    data.put("created_at", seconds());
    data.putObject("extras");
    data.set("metadata", given.path("metadata"));
    data.putObject("inputs");
    return data.put("inputs_truncated", false);
  }

  private ObjectNode ended(String event, ObjectNode given) {
    String id = execution(given);
    long now = clock.millis();
    long since = begun.getOrDefault(id, now);
    ObjectNode data = about(given);
    copy(data, given, "inputs");
    data.put("inputs_truncated", false);
    copy(data, given, "process_data");
    data.put("process_data_truncated", false);
    copy(data, given, "outputs");
    data.put("outputs_truncated", false);
    copy(data, given, "status");
    copy(data, given, "error");
    data.put("elapsed_time", (now - since) / 1000.0);
    data.set("execution_metadata", metadata(given));
    data.put("created_at", since / 1000).put("finished_at", now / 1000);
    data.putObject("extras");
    data.putArray("files");
    place(data, given);
    if (given.has("retry_index")) {
      data.set("retry_index", given.get("retry_index"));
    }
    if (event.endsWith("_completed")) {
      copy(data, given, "steps");
      data.put("total_tokens", 0);
    }
    return data;
  }

  private static void copy(ObjectNode data, ObjectNode given, String name) {
    if (given.has(name)) {
      data.set(name, given.get(name));
    } else {
      data.putNull(name);
    }
  }

  private JsonNode metadata(ObjectNode given) {
    ObjectNode metadata = Json.object();
    JsonNode usage = given.path("outputs").path("usage");
    if (usage.path("total_tokens").isIntegralNumber()) {
      tokens += usage.path("total_tokens").asLong();
      metadata.set("total_tokens", usage.path("total_tokens"));
      metadata.set("total_price", usage.path("total_price"));
      metadata.set("currency", usage.path("currency"));
    }
    for (String name : new String[] {"iteration_id", "iteration_index", "loop_id", "loop_index"}) {
      if (given.has(name)) {
        metadata.set(name, given.get(name));
      }
    }
    return metadata.isEmpty() ? Json.object().nullNode() : metadata;
  }

  private ObjectNode finished(ObjectNode given, RunState state) {
    long now = clock.millis();
    ObjectNode data = Json.object();
    data.put("id", order.id().value()).put("workflow_id", order.workflow().id());
    copy(data, given, "status");
    copy(data, given, "outputs");
    copy(data, given, "error");
    data.put("elapsed_time", (now - runBegan) / 1000.0);
    data.put("total_tokens", tokens).put("total_steps", state.steps());
    data.set("created_by", createdBy(order.origin()));
    data.put("created_at", runBegan / 1000).put("finished_at", now / 1000);
    data.put("exceptions_count", state.exceptions());
    data.putArray("files");
    return data;
  }

  static ObjectNode createdBy(Origin origin) {
    return Json.object().put("id", endUser(origin.app(), origin.user())).put("user", origin.user());
  }

  /** The id of a caller's user: the same for the same name in the same app. */
  static String endUser(String app, String user) {
    return UUID.nameUUIDFromBytes((app + "/" + user).getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** An error in the stream. */
  ObjectNode error(String code, int status, String message) {
    return Json.object()
        .put("event", "error")
        .put("workflow_run_id", order.id().value())
        .put("code", code)
        .put("status", status)
        .put("message", message);
  }
}
