package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunState;
import dev.yagura.graph.value.Value;
import dev.yagura.node.text.JsonValues;
import dev.yagura.run.Entry;
import dev.yagura.run.Origin;
import dev.yagura.run.RunHistory;
import dev.yagura.run.RunListener;
import dev.yagura.run.RunRecord;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.server.Engine;
import dev.yagura.server.run.Runs;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs as clients see them afterwards (dify-contract §4.2). */
final class RunViews {
  private static final int MAX_PAGE = 99_999;
  private static final int MAX_LIMIT = 100;
  private static final int LIMIT = 20;
  private static final List<String> STATUSES =
      List.of("running", "succeeded", "failed", "stopped", "partial-succeeded", "paused");

  private final Engine engine;

  RunViews(Engine engine) {
    this.engine = engine;
  }

  /** The answer of a blocking call. */
  static ObjectNode blocking(RunRecord run, Value.Obj outputs) {
    ObjectNode data = Json.object();
    data.put("id", run.id().value()).put("workflow_id", run.workflow());
    data.put("status", run.status().text());
    data.set("outputs", JsonValues.toJson(outputs));
    putError(data, run);
    data.put("elapsed_time", elapsed(run)).put("total_tokens", run.totals().tokens());
    data.put("total_steps", run.totals().steps());
    times(data, run);
    ObjectNode whole = Json.object();
    whole.put("task_id", Runs.task(run.id())).put("workflow_run_id", run.id().value());
    whole.set("data", data);
    return whole;
  }

  private static void putError(ObjectNode data, RunRecord run) {
    if (run.totals().error().isEmpty()) {
      data.putNull("error");
    } else {
      data.put("error", run.totals().error());
    }
  }

  private static void times(ObjectNode data, RunRecord run) {
    data.put("created_at", run.createdAt().getEpochSecond());
    Instant finished = run.finishedAt();
    if (finished == null) {
      data.putNull("finished_at");
    } else {
      data.put("finished_at", finished.getEpochSecond());
    }
  }

  private static double elapsed(RunRecord run) {
    Instant finished = run.finishedAt();
    // From whole milliseconds, as the store keeps them: the same now and when it is looked up.
    return finished == null
        ? 0
        : (finished.toEpochMilli() - run.createdAt().toEpochMilli()) / 1000.0;
  }

  /** The same answer as before for the same idempotency key; a run under way is waited for. */
  void again(Context context, RunRecord run, boolean streaming) throws InterruptedException {
    Optional<CompletableFuture<RunState>> running = engine.runs().running(run.id());
    if (running.isPresent()) {
      RunState unused = engine.runs().await(running.get());
    }
    RunRecord ended = engine.store().journal().find(run.id()).orElse(run);
    if (streaming) {
      replay(context, ended);
      return;
    }
    context.result(Json.ascii(blocking(ended, outputs(ended))));
    context.contentType("application/json");
  }

  private void replay(Context context, RunRecord run) throws InterruptedException {
    WorkflowVersion version =
        engine
            .apps()
            .versions()
            .find(run.workflow())
            .orElseThrow(
                () -> Failure.user("not_found", "the workflow of this run is gone").asException());
    var order = new Runs.Order(run.id(), version, Value.EMPTY, Value.array(), run.origin());
    var writer = new EventWriter(order, engine.clock(), RunListener.NONE);
    List<Entry> entries = engine.store().journal().read(run.id());
    WorkflowRoutes.write(context, out -> writer.replay(entries, out));
  }

  private Value.Obj outputs(RunRecord run) {
    List<Entry> entries = engine.store().journal().read(run.id());
    RunEvent.@Nullable RunFinished end = entries.isEmpty() ? null : entries.getLast().finished();
    return end == null ? Value.EMPTY : end.outputs();
  }

  void run(Context context, Caller caller) {
    RunRecord run = WorkflowRoutes.own(engine, caller.ownApp(), context.pathParam("run"));
    List<Entry> entries = engine.store().journal().read(run.id());
    ObjectNode inputs = Json.object();
    if (entries.getFirst().events().getFirst() instanceof RunEvent.RunStarted started) {
      inputs.setAll((ObjectNode) JsonValues.toJson(started.input().inputs()));
      started
          .input()
          .system()
          .fields()
          .forEach((name, value) -> inputs.set("sys." + name, JsonValues.toJson(value)));
    }
    ObjectNode answer = Json.object();
    answer.put("id", run.id().value()).put("workflow_id", run.workflow());
    answer.put("status", run.status().text());
    answer.put("inputs", inputs.toString());
    answer.put("outputs", JsonValues.toJson(outputs(run)).toString());
    putError(answer, run);
    answer.put("total_steps", run.totals().steps()).put("total_tokens", run.totals().tokens());
    times(answer, run);
    answer.put("elapsed_time", elapsed(run));
    Requests.answer(context, 200, answer);
  }

  private static String status(Context context) {
    String status = text(context, "status");
    if (!status.isEmpty() && !STATUSES.contains(status)) {
      throw Failure.user(
              "invalid_param",
              "status: '" + status + "' (expected: one of " + String.join(", ", STATUSES) + ")")
          .asException();
    }
    return status;
  }

  void logs(Context context, Caller caller) {
    int page = number(context, "page", 1, MAX_PAGE);
    int limit = number(context, "limit", LIMIT, MAX_LIMIT);
    var query =
        new RunHistory.Query(
            caller.ownApp().id(),
            status(context),
            text(context, "keyword"),
            text(context, "created_by_end_user_session_id"),
            time(context, "created_at__after"),
            time(context, "created_at__before"),
            page,
            limit);
    RunHistory.Page found = engine.store().history().find(query);
    ObjectNode answer = Json.object().put("page", page).put("limit", limit);
    answer.put("total", found.total());
    answer.put("has_more", (long) page * limit < found.total());
    ArrayNode data = answer.putArray("data");
    found.runs().forEach(run -> data.add(log(run)));
    Requests.answer(context, 200, answer);
  }

  private static ObjectNode log(RunRecord run) {
    Origin origin = run.origin();
    ObjectNode log = Json.object().put("id", run.id().value());
    ObjectNode summary = log.putObject("workflow_run");
    summary.put("id", run.id().value()).put("version", run.workflow());
    summary.put("status", run.status().text()).put("triggered_from", "app-run");
    putError(summary, run);
    summary.put("elapsed_time", elapsed(run)).put("total_tokens", run.totals().tokens());
    summary.put("total_steps", run.totals().steps());
    times(summary, run);
    summary.put("exceptions_count", run.totals().exceptions());
    log.putNull("details");
    log.put("created_from", origin.source()).put("created_by_role", "end_user");
    log.putNull("created_by_account");
    log.putObject("created_by_end_user")
        .put("id", Envelopes.endUser(origin.app(), origin.user()))
        .put("type", "service_api")
        .put("is_anonymous", false)
        .put("session_id", origin.user());
    return log.put("created_at", run.createdAt().getEpochSecond());
  }

  private static String text(Context context, String name) {
    String value = context.queryParam(name);
    return value == null ? "" : value;
  }

  private static int number(Context context, String name, int fallback, int most) {
    String value = context.queryParam(name);
    if (value == null || value.isEmpty()) {
      return fallback;
    }
    if (!value.matches("\\d{1,6}")
        || Integer.parseInt(value) < 1
        || Integer.parseInt(value) > most) {
      throw Failure.user("invalid_param", name + ": '" + value + "' (expected: 1 to " + most + ")")
          .asException();
    }
    return Integer.parseInt(value);
  }

  private static @Nullable Instant time(Context context, String name) {
    String value = text(context, name);
    if (value.isEmpty()) {
      return null;
    }
    try {
      return java.time.OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
    } catch (DateTimeParseException noTime) {
      throw Failure.user(
              "invalid_param",
              name + ": '" + value + "' (expected: a time like 2026-11-24T00:00:00Z)")
          .asException();
    }
  }
}
