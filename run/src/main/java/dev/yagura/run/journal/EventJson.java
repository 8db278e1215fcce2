package dev.yagura.run.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.graph.Address;
import dev.yagura.graph.Effect;
import dev.yagura.graph.Limits;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.Timer;
import dev.yagura.graph.value.Selector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON: {@code {"e": name, …}} with short names; {@link EventReader} reads them.
 */
public final class EventJson {
  /** Written with every entry, so that a later form can be told from this one. */
  public static final int FORMAT = 1;

  private final ValueJson values;

  public EventJson(ValueJson values) {
    this.values = values;
  }

  /** All events of an entry. */
  public ArrayNode write(List<RunEvent> events) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    events.forEach(event -> array.add(write(event)));
    return array;
  }

  private ObjectNode write(RunEvent event) {
    return switch (event) {
      case RunEvent.RunStarted(int traversal, RunInput input) -> started(traversal, input);
      case RunEvent.NodeScheduled(Address at, int attempt) -> at("scheduled", at).put("n", attempt);
      case RunEvent.NodeSucceeded done -> succeeded(done);
      case RunEvent.NodeFailed failed -> {
        ObjectNode json = at("failed", failed.at()).put("n", failed.attempt());
        json.set("failure", failure(failed.failure()));
        yield json.put("handling", failed.handling().name());
      }
      case RunEvent.NodeSkipped(Address at) -> at("skipped", at);
      case RunEvent.NodeSuspended(Address at, int attempt, String reason) ->
          at("suspended", at).put("n", attempt).put("reason", reason);
      case RunEvent.NodeResumed(Address at) -> at("resumed", at);
      case RunEvent.EdgeTaken(String frame, int edge) -> edge("taken", frame, edge);
      case RunEvent.EdgeSkipped(String frame, int edge) -> edge("passed", frame, edge);
      case RunEvent.ContainerOpened(Address at, Outcome opening) -> {
        ObjectNode json = at("opened", at);
        json.set("opening", opening(opening));
        yield json;
      }
      case RunEvent.FrameOpened(String frame, Address container, int round) ->
          at("frame", container).put("id", frame).put("round", round);
      case RunEvent.FrameClosed closed -> {
        ObjectNode json = event("closed").put("id", closed.frame());
        json.set("output", values.write(closed.output()));
        json.set("failure", failure(closed.failure()));
        yield json;
      }
      case RunEvent.TimerSet(Timer timer, var after) -> timer(timer).put("ms", after.toMillis());
      case RunEvent.RunPaused(List<String> reasons) -> {
        ObjectNode json = event("paused");
        reasons.forEach(json.putArray("reasons")::add);
        yield json;
      }
      case RunEvent.RunResumed resumed -> event("continued");
      case RunEvent.RunFinished end -> {
        ObjectNode json = event("finished").put("status", end.status().text());
        json.set("outputs", values.write(end.outputs()));
        json.put("answer", end.answer());
        json.set("failure", failure(end.failure()));
        yield json;
      }
    };
  }

  private static ObjectNode event(String name) {
    return JsonNodeFactory.instance.objectNode().put("e", name);
  }

  private static ObjectNode at(String name, Address at) {
    ObjectNode json = event(name);
    if (!at.frame().isEmpty()) {
      json.put("f", at.frame());
    }
    return json.put("a", at.node());
  }

  private static ObjectNode edge(String name, String frame, int edge) {
    ObjectNode json = event(name).put("i", edge);
    return frame.isEmpty() ? json : json.put("f", frame);
  }

  private ObjectNode started(int traversal, RunInput input) {
    ObjectNode json = event("started").put("traversal", traversal);
    json.set("inputs", values.write(input.inputs()));
    json.set("sys", values.write(input.system()));
    json.set("env", values.write(input.environment()));
    json.set("conversation", values.write(input.conversation()));
    Limits limits = input.limits();
    json.putObject("limits")
        .put("steps", limits.steps())
        .put("rounds", limits.roundSteps())
        .put("ms", limits.time().toMillis());
    return json;
  }

  private ObjectNode succeeded(RunEvent.NodeSucceeded done) {
    ObjectNode json = at("succeeded", done.at()).put("n", done.attempt());
    json.set("outputs", values.write(done.outputs()));
    if (done.handle() != null) {
      json.put("handle", done.handle());
    }
    ArrayNode writes = json.putArray("writes");
    for (Outcome.Write write : done.writes()) {
      ObjectNode one = writes.addObject();
      one.set("to", selector(write.target()));
      one.set("value", values.write(write.value()));
    }
    ArrayNode effects = json.putArray("effects");
    for (Effect effect : done.effects()) {
      ObjectNode one = effects.addObject().put("kind", effect.kind());
      one.set("payload", values.write(effect.payload()));
    }
    json.set("trace", values.write(done.trace()));
    return json;
  }

  private static JsonNode selector(Selector selector) {
    ArrayNode path = JsonNodeFactory.instance.arrayNode();
    selector.path().forEach(path::add);
    return path;
  }

  private ObjectNode opening(Outcome opening) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (opening) {
      case Outcome.Iterate iterate -> {
        ArrayNode items = json.putArray("items");
        iterate.items().forEach(item -> items.add(values.write(item)));
        json.put("parallel", iterate.parallel()).put("onError", iterate.onError().name());
        json.set("output", selector(iterate.output()));
        json.put("flatten", iterate.flatten());
      }
      case Outcome.Loop loop -> {
        json.set("variables", values.write(loop.variables()));
        json.put("count", loop.count()).put("asks", loop.asks());
      }
      default -> throw new IllegalArgumentException(opening + " opens nothing");
    }
    return json;
  }

  private static ObjectNode timer(Timer timer) {
    return switch (timer) {
      case Timer.Deadline(int generation) -> event("timer").put("g", generation);
      case Timer.Retry(Address at, int attempt) -> at("timer", at).put("n", attempt);
    };
  }

  private static JsonNode failure(@Nullable Failure failure) {
    if (failure == null) {
      return JsonNodeFactory.instance.nullNode();
    }
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", failure.kind().name())
            .put("code", failure.code())
            .put("message", failure.message())
            .put("retryable", failure.retryable());
    ObjectNode details = json.putObject("details");
    failure.details().forEach(details::put);
    return json;
  }
}
