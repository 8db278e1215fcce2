package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.Problem;
import dev.yagura.run.Outbox;
import dev.yagura.server.DefaultWorkflow;
import dev.yagura.server.Engine;
import dev.yagura.server.WorkflowRemoval;
import dev.yagura.server.app.App;
import dev.yagura.server.app.Apps;
import dev.yagura.server.app.Keys;
import dev.yagura.server.app.SlackSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Workflows, the channel and keys, as an administrator sets them up. */
public final class AdminOperations {
  private final Engine engine;

  public AdminOperations(Engine engine) {
    this.engine = engine;
  }

  /** All operations, those on knowledge included. */
  public List<Operation> all() {
    List<Operation> all =
        new ArrayList<>(
            List.of(
                get("/workflows", "All workflows.", this::workflows),
                post(
                    "/workflows",
                    "Imports a DSL file: dsl, source, bind, environment, publish.",
                    this::importWorkflow),
                post("/workflows/{id}/bind", "Binds nodes to knowledge: bind.", this::bind),
                post(
                    "/workflows/{id}/test",
                    "Runs the draft: finding (its JSON) or inputs. Alerts go out.",
                    call -> new DraftTest(engine).run(app(call), call.json())),
                post("/workflows/{id}/publish", "Makes the draft run.", this::publish),
                delete(
                    "/workflows/{id}",
                    "Deletes a workflow, its versions and its keys; its runs stay.",
                    this::deleteWorkflow),
                get(
                    "/workflows/{id}/export",
                    "The DSL file; secrets=true with them.",
                    this::export),
                get("/slack", "Whether a webhook is set, and the outbox.", this::slack),
                post("/slack", "Sets the webhook: url.", this::setSlack),
                delete("/slack", "Removes the webhook that was set.", this::unsetSlack),
                post(
                    "/slack/test",
                    "Sends a sample alert to the webhook: language.",
                    this::testSlack),
                get("/keys", "All keys, without their texts.", this::keys),
                post("/keys", "Makes a key: kind (app, intake, dataset), workflow.", this::makeKey),
                delete("/keys/{id}", "Deletes a key.", this::deleteKey)));
    all.addAll(new ChannelOperations(engine).all());
    all.addAll(new ModelOperations(engine).all());
    all.addAll(new KnowledgeOperations(engine).all());
    all.addAll(new RuleOperations(engine).all());
    all.addAll(new QueueOperations(engine).all());
    return all;
  }

  static Operation get(String path, String doc, Operation.Handler handler) {
    return new Operation("GET", path, doc, false, handler);
  }

  static Operation post(String path, String doc, Operation.Handler handler) {
    return new Operation("POST", path, doc, false, handler);
  }

  static Operation delete(String path, String doc, Operation.Handler handler) {
    return new Operation("DELETE", path, doc, false, handler);
  }

  private JsonNode workflows(Call call) {
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    String findings = findings().map(App::id).orElse("");
    for (App app : engine.apps().all()) {
      data.add(
          view(app)
              .put("keys", engine.keys().countOf(app.id()))
              .put("findings", app.id().equals(findings)));
    }
    return answer;
  }

  /** Where findings go that nobody has assigned. */
  private Optional<App> findings() {
    return new DefaultWorkflow(engine.apps()).app();
  }

  private JsonNode deleteWorkflow(Call call) {
    App app = app(call);
    boolean findings = findings().filter(one -> one.id().equals(app.id())).isPresent();
    WorkflowRemoval.Removed removed = engine.workflowRemoval().remove(app);
    ObjectNode answer = Json.object().put("id", app.id()).put("name", app.name());
    answer.put("keys", removed.keys()).put("runs", removed.runs()).put("findings", findings);
    findings().ifPresent(one -> answer.put("default", one.name()));
    return answer.put("workflows", engine.apps().all().size());
  }

  private static ObjectNode view(App app) {
    ObjectNode view = Json.object().put("id", app.id()).put("name", app.name());
    view.put("mode", app.mode()).put("published", !app.published().isEmpty());
    view.put("version", app.published());
    ObjectNode bound = view.putObject("bindings");
    app.bindings().forEach((node, bases) -> bases.forEach(bound.putArray(node)::add));
    return view;
  }

  static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  static String need(Call call, String name) {
    String value = call.json().path(name).asText("");
    if (value.isBlank()) {
      throw Failure.user("invalid_param", name + " is missing (expected: a text)").asException();
    }
    return value;
  }

  private JsonNode importWorkflow(Call call) {
    ObjectNode body = call.json();
    Apps.ImportedApp imported =
        engine
            .apps()
            .add(
                body.path("source").asText("workflow.yml"),
                need(call, "dsl"),
                texts(body.path("bind")),
                texts(body.path("environment")));
    App app = imported.app();
    List<Problem> problems = new ArrayList<>(imported.problems());
    engine.apps().draft(app).graph().nodes().stream()
        .flatMap(
            node -> engine.types().check(node, Problem.Place.NOWHERE.about(node.id())).stream())
        .forEach(problems::add);
    if (body.path("publish").asBoolean()) {
      app = engine.apps().publish(app);
    }
    ObjectNode answer = view(app);
    ArrayNode list = answer.putArray("problems");
    problems.forEach(problem -> list.add(problem.toString()));
    return answer;
  }

  private App app(Call call) {
    return engine.apps().named(call.path("id"));
  }

  private JsonNode bind(Call call) {
    return view(engine.apps().bind(app(call), texts(call.json().path("bind"))));
  }

  private JsonNode publish(Call call) {
    return view(engine.apps().publish(app(call)));
  }

  private JsonNode export(Call call) {
    boolean secrets = call.query("secrets", "false").equals("true");
    return Json.object().put("data", engine.apps().export(app(call), secrets));
  }

  private JsonNode slack(Call call) {
    return slack();
  }

  private ObjectNode slack() {
    ObjectNode answer = Json.object().put("configured", engine.alerts().slack().isConfigured());
    engine
        .alerts()
        .slack()
        .channel()
        .ifPresentOrElse(
            channel -> answer.put("set", true).put("kind", channel.describe()),
            () -> answer.put("set", false));
    ObjectNode counts = answer.putObject("alerts");
    engine
        .store()
        .outbox()
        .counts()
        .forEach((state, count) -> counts.put(state.name().toLowerCase(Locale.ROOT), count));
    ArrayNode stuck = answer.putArray("stuck");
    for (Outbox.Item item : engine.store().outbox().stuck(20)) {
      stuck
          .addObject()
          .put("key", item.key())
          .put("state", item.state().name().toLowerCase(Locale.ROOT))
          .put("attempts", item.attempts())
          .put("next", item.due().toString())
          .put("error", item.error());
    }
    return answer;
  }

  private JsonNode setSlack(Call call) {
    engine.alerts().slack().set(need(call, "url"));
    engine.alerts().changed(SlackSettings.ID);
    return slack(call);
  }

  private JsonNode unsetSlack(Call call) {
    boolean removed = engine.alerts().slack().unset();
    if (removed && !engine.alerts().slack().isConfigured()) {
      engine.alerts().changed(SlackSettings.ID);
    }
    return slack().put("removed", removed);
  }

  private JsonNode testSlack(Call call) {
    return new SlackTest(engine).send(call.json().path("language").asText(""));
  }

  private JsonNode keys(Call call) {
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    for (Keys.ApiKey key : engine.keys().all()) {
      data.add(view(key));
    }
    return answer;
  }

  private ObjectNode view(Keys.ApiKey key) {
    String app = engine.apps().find(key.app()).map(App::name).orElse("");
    return Json.object()
        .put("id", key.id())
        .put("kind", key.kind().name().toLowerCase(Locale.ROOT))
        .put("workflow", app)
        .put("hint", key.hint())
        .put("created_at", key.createdAt() / 1000);
  }

  private JsonNode makeKey(Call call) {
    String kind = need(call, "kind").toUpperCase(Locale.ROOT);
    if (List.of(Keys.Kind.values()).stream().noneMatch(one -> one.name().equals(kind))) {
      throw Failure.user("invalid_param", "kind: '" + kind + "' (expected: app, intake or dataset)")
          .asException();
    }
    String app = kind.equals("APP") ? engine.apps().named(need(call, "workflow")).id() : "";
    Keys.Made made = engine.keys().make(Keys.Kind.valueOf(kind), app);
    ObjectNode answer = view(made.key()).put("token", made.token());
    engine
        .apps()
        .find(app)
        .ifPresent(found -> answer.put("published", !found.published().isEmpty()));
    return answer;
  }

  private JsonNode deleteKey(Call call) {
    if (!engine.keys().delete(call.path("id"))) {
      throw Failure.user("not_found", "there is no such key").asException();
    }
    return Json.object().put("result", "success");
  }
}
