package dev.yagura.run.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.base.Failure;
import dev.yagura.graph.Address;
import dev.yagura.graph.Effect;
import dev.yagura.graph.Limits;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunStatus;
import dev.yagura.graph.Timer;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EventJson} writes. */
public final class EventReader {
  private final ValueJson values;

  public EventReader(ValueJson values) {
    this.values = values;
  }

  /** All events of an entry. */
  public List<RunEvent> read(JsonNode array) {
    List<RunEvent> events = new ArrayList<>();
    array.forEach(json -> events.add(event(json)));
    return events;
  }

  private RunEvent event(JsonNode json) {
    String name = json.get("e").asText();
    int n = json.path("n").asInt();
    return switch (name) {
      case "started" -> started(json);
      case "scheduled" -> new RunEvent.NodeScheduled(at(json), n);
      case "succeeded" -> succeeded(json);
      case "failed" ->
          new RunEvent.NodeFailed(
              at(json),
              n,
              existing(failure(json.get("failure"))),
              RunEvent.Handling.valueOf(json.get("handling").asText()));
      case "skipped" -> new RunEvent.NodeSkipped(at(json));
      case "suspended" -> new RunEvent.NodeSuspended(at(json), n, json.get("reason").asText());
      case "resumed" -> new RunEvent.NodeResumed(at(json));
      case "taken" -> new RunEvent.EdgeTaken(json.path("f").asText(), json.get("i").asInt());
      case "passed" -> new RunEvent.EdgeSkipped(json.path("f").asText(), json.get("i").asInt());
      case "opened" -> new RunEvent.ContainerOpened(at(json), opening(json.get("opening")));
      case "frame" ->
          new RunEvent.FrameOpened(json.get("id").asText(), at(json), json.get("round").asInt());
      case "closed" ->
          new RunEvent.FrameClosed(
              json.get("id").asText(),
              values.read(json.get("output")),
              failure(json.get("failure")));
      case "timer" ->
          new RunEvent.TimerSet(
              json.has("a")
                  ? new Timer.Retry(at(json), n)
                  : new Timer.Deadline(json.path("g").asInt()),
              Duration.ofMillis(json.get("ms").asLong()));
      case "paused" -> {
        List<String> reasons = new ArrayList<>();
        json.get("reasons").forEach(reason -> reasons.add(reason.asText()));
        yield new RunEvent.RunPaused(reasons);
      }
      case "continued" -> new RunEvent.RunResumed();
      case "finished" ->
          new RunEvent.RunFinished(
              RunStatus.of(json.get("status").asText()),
              object(json.get("outputs")),
              json.get("answer").asText(),
              failure(json.get("failure")));
      default -> throw new IllegalStateException("unknown event '" + name + "' in a journal");
    };
  }

  private static Failure existing(@Nullable Failure failure) {
    if (failure == null) {
      throw new IllegalStateException("a failed node without a failure in a journal");
    }
    return failure;
  }

  private static Address at(JsonNode json) {
    return new Address(json.path("f").asText(), json.get("a").asText());
  }

  private Value.Obj object(JsonNode json) {
    return values.read(json) instanceof Value.Obj object ? object : Value.EMPTY;
  }

  private RunEvent started(JsonNode json) {
    JsonNode limits = json.get("limits");
    return new RunEvent.RunStarted(
        json.get("traversal").asInt(),
        new RunInput(
            object(json.get("inputs")),
            object(json.get("sys")),
            object(json.get("env")),
            object(json.get("conversation")),
            new Limits(
                limits.get("steps").asInt(),
                limits.get("rounds").asInt(),
                Duration.ofMillis(limits.get("ms").asLong()))));
  }

  private RunEvent succeeded(JsonNode json) {
    List<Outcome.Write> writes = new ArrayList<>();
    json.get("writes")
        .forEach(
            one ->
                writes.add(
                    new Outcome.Write(selector(one.get("to")), values.read(one.get("value")))));
    List<Effect> effects = new ArrayList<>();
    json.get("effects")
        .forEach(
            one -> effects.add(new Effect(one.get("kind").asText(), object(one.get("payload")))));
    return new RunEvent.NodeSucceeded(
        at(json),
        json.get("n").asInt(),
        object(json.get("outputs")),
        json.has("handle") ? json.get("handle").asText() : null,
        writes,
        effects,
        object(json.get("trace")));
  }

  private static Selector selector(JsonNode path) {
    List<String> parts = new ArrayList<>();
    path.forEach(part -> parts.add(part.asText()));
    return new Selector(parts);
  }

  private Outcome opening(JsonNode json) {
    if (!json.has("items")) {
      return new Outcome.Loop(
          object(json.get("variables")), json.get("count").asInt(), json.get("asks").asBoolean());
    }
    List<Value> items = new ArrayList<>();
    json.get("items").forEach(item -> items.add(values.read(item)));
    return new Outcome.Iterate(
        items,
        json.get("parallel").asInt(),
        Outcome.OnRoundError.valueOf(json.get("onError").asText()),
        selector(json.get("output")),
        json.get("flatten").asBoolean());
  }

  private static @Nullable Failure failure(JsonNode json) {
    if (json.isNull()) {
      return null;
    }
    Map<String, String> details = new LinkedHashMap<>();
    json.get("details")
        .properties()
        .forEach(detail -> details.put(detail.getKey(), detail.getValue().asText()));
    return new Failure(
        Failure.Kind.valueOf(json.get("kind").asText()),
        json.get("code").asText(),
        json.get("message").asText(),
        json.get("retryable").asBoolean(),
        details);
  }
}
