package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.RunId;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunState;
import dev.yagura.graph.value.Value;
import dev.yagura.node.start.InputForm;
import dev.yagura.node.text.JsonValues;
import dev.yagura.run.Origin;
import dev.yagura.run.RunListener;
import dev.yagura.run.RunRecord;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.server.Engine;
import dev.yagura.server.app.App;
import dev.yagura.server.run.KeyReservations;
import dev.yagura.server.run.Runs;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs of the published workflow of a key's app (dify-contract §4.2). */
final class WorkflowRoutes {
  private static final int MAX_KEY = 255;

  private final Engine engine;
  private final RunViews views;
  private final KeyReservations keys = new KeyReservations();

  WorkflowRoutes(Engine engine) {
    this.engine = engine;
    this.views = new RunViews(engine);
  }

  void register(Routes routes) {
    routes.post("/v1/workflows/run", Permission.APP, this::run);
    routes.post("/v1/workflows/{workflow}/run", Permission.APP, this::runVersion);
    routes.get("/v1/workflows/run/{run}", Permission.APP, views::run);
    routes.get("/v1/workflows/logs", Permission.APP, views::logs);
    routes.post("/v1/workflows/tasks/{task}/stop", Permission.APP, this::stop);
  }

  private void run(Context context, Caller caller) throws InterruptedException {
    run(context, caller.ownApp(), engine.apps().published(caller.ownApp()));
  }

  private void runVersion(Context context, Caller caller) throws InterruptedException {
    String id = context.pathParam("workflow");
    if (!id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
      throw Failure.user(
              "bad_request",
              "Invalid workflow_id format: '" + id + "'. (expected: the id of a published version)")
          .asException();
    }
    WorkflowVersion version =
        engine
            .apps()
            .versionOf(caller.ownApp(), id)
            .orElseThrow(
                () -> Failure.user("not_found", "Workflow not found with id: " + id).asException());
    run(context, caller.ownApp(), version);
  }

  private void run(Context context, App app, WorkflowVersion version) throws InterruptedException {
    checkMode(app);
    ObjectNode body = Requests.json(context);
    String user = Requests.user(body);
    String key = key(context);
    boolean streaming = isStreaming(body);
    try (KeyReservations.Hold hold = keys.hold(app.id(), key)) {
      Optional<RunRecord> before = engine.runs().before(app.id(), key);
      if (before.isPresent()) {
        checkSame(before.get(), body, app);
        views.again(context, before.get(), streaming);
        return;
      }
      var order =
          new Runs.Order(
              engine.runs().newId(),
              version,
              inputs(body, version, app),
              files(body, app),
              new Origin(app.id(), user, "service-api", key));
      RunListener listener = hold.until(engine.alerts().listener());
      if (streaming) {
        stream(context, order, listener);
      } else {
        block(context, order, listener);
      }
    }
  }

  private static void checkMode(App app) {
    if (!app.mode().equals("workflow")) {
      throw Failure.user(
              "not_workflow_app", "Please check if your app mode matches the right API route.")
          .asException();
    }
  }

  private static String key(Context context) {
    String key = context.header("Idempotency-Key");
    if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
      throw Failure.user(
              "invalid_param", "Idempotency-Key (expected: 1 to " + MAX_KEY + " characters)")
          .asException();
    }
    return key == null ? "" : key;
  }

  /**
   * A key stands for one request: with other inputs it is a mistake, and not the same run. They are
   * filled in by the version that made the run, as they were then.
   */
  private void checkSame(RunRecord before, ObjectNode body, App app) {
    Optional<WorkflowVersion> version = engine.apps().versionOf(app, before.workflow());
    Optional<RunInput> then =
        engine.store().journal().read(before.id()).stream()
            .limit(1)
            .flatMap(entry -> entry.events().stream())
            .filter(RunEvent.RunStarted.class::isInstance)
            .map(event -> ((RunEvent.RunStarted) event).input())
            .findFirst();
    if (version.isPresent()
        && then.isPresent()
        && !(then.get().inputs().equals(inputs(body, version.get(), app))
            && files(body, app).equals(then.get().system().get("files")))) {
      throw Failure.user(
              "idempotency_key_reused",
              "Idempotency-Key: it was used for run "
                  + before.id()
                  + " with other inputs (expected: the same inputs, or another key)")
          .asException();
    }
  }

  private static boolean isStreaming(ObjectNode body) {
    String mode = body.path("response_mode").asText("");
    return switch (mode) {
      case "streaming" -> true;
      case "blocking", "", "null" -> false;
      default ->
          throw Failure.user(
                  "invalid_param",
                  "response_mode: '" + mode + "' (expected: blocking or streaming)")
              .asException();
    };
  }

  private Value.Obj inputs(ObjectNode body, WorkflowVersion version, App app) {
    if (!(body.get("inputs") instanceof ObjectNode given)) {
      throw Failure.user("invalid_param", "inputs: Field required (expected: an object)")
          .asException();
    }
    Value.Obj values =
        (Value.Obj) new UploadedFiles(engine.files(), app.id()).resolve(JsonValues.fromJson(given));
    return InputForm.of(version.graph()).fill(values);
  }

  private Value.Array files(ObjectNode body, App app) {
    return new UploadedFiles(engine.files(), app.id()).files(body.path("files"));
  }

  private void block(Context context, Runs.Order order, RunListener listener)
      throws InterruptedException {
    var last = new LastWord(listener);
    Runs.Started started = engine.runs().start(order, last);
    RunState state = engine.runs().await(started.end());
    RunRecord record =
        last.record().orElseGet(() -> engine.store().journal().find(started.id()).orElseThrow());
    context.result(Json.ascii(RunViews.blocking(record, state.outputs())));
    context.contentType("application/json");
  }

  private void stream(Context context, Runs.Order order, RunListener listener)
      throws InterruptedException {
    var writer = new EventWriter(order, engine.clock(), listener);
    CompletableFuture<RunState> end = engine.runs().start(order, writer).end();
    CompletableFuture<RunState> unused =
        end.whenComplete(
            (state, broken) -> {
              if (broken != null) {
                writer.broken();
              }
            });
    write(context, writer::writeTo);
  }

  /** Writes server-sent events. */
  @FunctionalInterface
  interface Events {
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }

  @Boundary("a client that has gone does not end its run")
  static void write(Context context, Events events) throws InterruptedException {
    var response = context.res();
    response.setStatus(200);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Accel-Buffering", "no");
    try {
      events.writeTo(response.getOutputStream());
    } catch (IOException gone) {
      return;
    }
  }

  private void stop(Context context, Caller caller) {
    String user = Requests.user(Requests.json(context));
    String task = context.pathParam("task");
    App app = caller.ownApp();
    engine
        .runs()
        .stop(
            app.id(),
            task,
            run ->
                engine
                    .store()
                    .journal()
                    .find(run)
                    .filter(record -> record.origin().user().equals(user))
                    .map(record -> record.origin().app())
                    .orElse(""));
    Requests.answer(context, 200, Json.object().put("result", "success"));
  }

  /** The run of a path; a FlowException {@code not_found} where it is not the app's. */
  static RunRecord own(Engine engine, App app, String id) {
    return engine
        .store()
        .journal()
        .find(new RunId(id))
        .filter(run -> run.origin().app().equals(app.id()))
        .orElseThrow(() -> Failure.user("not_found", "Workflow run not found.").asException());
  }
}
