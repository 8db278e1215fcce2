package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.connect.rule.EventPattern;
import dev.yagura.finding.Untrusted;
import dev.yagura.finding.sample.Samples;
import dev.yagura.run.FindingStore.Accepted;
import dev.yagura.server.Engine;
import dev.yagura.server.app.App;
import dev.yagura.server.rule.Rule;
import dev.yagura.server.rule.Rule.Action;
import dev.yagura.server.rule.Ruling;
import dev.yagura.server.rule.TestEvents;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules, as an administrator sets and tries them. */
final class RuleOperations {
  private static final int MAX_SHOWN = 100;

  private final Engine engine;

  RuleOperations(Engine engine) {
    this.engine = engine;
  }

  List<Operation> all() {
    return List.of(
        AdminOperations.get(
            "/rules", "All rules in the order in which they are asked.", this::rules),
        AdminOperations.post(
            "/rules",
            "Sets a rule: name, pattern, order, and workflow, or ignore, or suppress (until,"
                + " reason, by).",
            this::set),
        AdminOperations.delete("/rules/{name}", "Removes a rule.", this::remove),
        AdminOperations.post(
            "/rules/test",
            "Says of each finding or event in events whether pattern matches; without a pattern"
                + " which rule takes it.",
            this::test),
        AdminOperations.get(
            "/rules/exempt", "The last findings that no alert went out for.", this::exempt));
  }

  private JsonNode rules(Call call) {
    Map<String, Integer> counts = new HashMap<>();
    engine
        .store()
        .keptFindings()
        .counts(Ruling.EXEMPT)
        .forEach(
            (kept, count) -> {
              if (Ruling.of(kept) instanceof Ruling.Exempt exempt) {
                counts.merge(exempt.rule(), count, Integer::sum);
              }
            });
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    for (Rule rule : engine.rules().all()) {
      data.add(view(rule).put("exempt", counts.getOrDefault(rule.name(), 0)));
    }
    return answer;
  }

  private ObjectNode view(Rule rule) {
    ObjectNode view = Json.object().put("name", rule.name()).put("order", rule.order());
    view.set("pattern", rule.pattern().json());
    switch (rule.action()) {
      case Action.Workflow(String app) ->
          view.put("action", "workflow")
              .put("app", app)
              .put("workflow", engine.apps().find(app).map(App::name).orElse(""));
      case Action.Ignore() -> view.put("action", "ignore");
      case Action.Suppress(Instant until, String reason, String by) ->
          view.put("action", "suppress")
              .put("until", until.toString())
              .put("reason", reason)
              .put("by", by);
    }
    return view.put("active", engine.rules().isActive(rule));
  }

  private JsonNode set(Call call) {
    ObjectNode body = call.json();
    JsonNode given = body.path("pattern");
    EventPattern pattern =
        EventPattern.parse(given.isObject() ? given.toString() : given.asText(""));
    if (body.has("order") && !body.path("order").canConvertToInt()) {
      throw invalid("order: " + body.path("order") + " (expected: a whole number)");
    }
    var rule =
        new Rule(
            AdminOperations.need(call, "name"),
            body.path("order").asInt(Rule.ORDER),
            pattern,
            action(body));
    boolean replaced = engine.rules().put(rule);
    ObjectNode answer = view(rule).put("replaced", replaced);
    ArrayNode warnings = answer.putArray("warnings");
    pattern.warnings(engine.catalogue()).forEach(one -> warnings.add(one.toString()));
    consequences(rule).forEach(warnings::add);
    return answer;
  }

  private List<String> consequences(Rule rule) {
    if (rule.action() instanceof Action.Workflow(String app)) {
      return engine.apps().find(app).filter(one -> !one.published().isEmpty()).isPresent()
          ? List.of()
          : List.of("warning: the workflow is not published: alerts come from the catalogue");
    }
    var samples = new Samples(engine.catalogue());
    boolean takesAll =
        engine.catalogue().typeNames().stream()
            .allMatch(type -> rule.pattern().matches(samples.event(type)));
    return takesAll
        ? List.of("warning: findings of every type match: no alert goes out about any of them")
        : List.of();
  }

  private Action action(ObjectNode body) {
    boolean ignore = body.path("ignore").asBoolean();
    boolean suppress = body.path("suppress").isObject();
    boolean workflow = body.hasNonNull("workflow");
    if ((ignore ? 1 : 0) + (suppress ? 1 : 0) + (workflow ? 1 : 0) != 1) {
      throw invalid("the rule says not what to do (expected: one of workflow, ignore, suppress)");
    }
    if (workflow) {
      return new Action.Workflow(engine.apps().named(body.path("workflow").asText()).id());
    }
    JsonNode wanted = body.path("suppress");
    return ignore
        ? new Action.Ignore()
        : new Action.Suppress(
            instant(wanted.path("until").asText()),
            wanted.path("reason").asText(""),
            wanted.path("by").asText(""));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException noTime) {
      throw invalid(
          "until: '"
              + Untrusted.clean(text, Untrusted.NAME)
              + "' (expected: like 2026-12-31T00:00:00Z)");
    }
  }

  private static RuntimeException invalid(String message) {
    return Failure.user("invalid_rule", message).asException();
  }

  private JsonNode remove(Call call) {
    engine.rules().remove(call.path("name"));
    return Json.object().put("result", "success");
  }

  private JsonNode test(Call call) {
    JsonNode given = call.json().path("pattern");
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    List<TestEvents.Event> events = TestEvents.events("events", call.json().path("events"));
    if (given.isMissingNode()) {
      for (TestEvents.Event event : events) {
        describe(data.addObject(), event);
      }
      return answer;
    }
    EventPattern pattern =
        EventPattern.parse(given.isObject() ? given.toString() : given.asText(""));
    ArrayNode warnings = answer.putArray("warnings");
    pattern.warnings(engine.catalogue()).forEach(one -> warnings.add(one.toString()));
    for (TestEvents.Event event : events) {
      ObjectNode one = data.addObject().put("event", event.name()).put("problem", event.problem());
      if (event.json() != null) {
        one.put("matches", pattern.matches(event.json()));
        pattern.mismatches(event.json()).forEach(one.putArray("reasons")::add);
      }
    }
    return answer;
  }

  private void describe(ObjectNode one, TestEvents.Event event) {
    one.put("event", event.name()).put("problem", event.problem());
    if (event.json() == null) {
      return;
    }
    engine
        .rules()
        .of(event.json())
        .ifPresentOrElse(
            rule -> one.set("rule", view(rule)), () -> one.put("refused", !event.isFinding()));
  }

  private JsonNode exempt(Call call) {
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    for (Accepted kept : engine.store().keptFindings().last(Ruling.EXEMPT, MAX_SHOWN)) {
      if (Ruling.of(kept.app()) instanceof Ruling.Exempt exempt) {
        ObjectNode one = data.addObject().put("id", kept.id()).put("at", kept.at().toString());
        one.put("rule", exempt.rule()).put("suppressed", exempt.suppressed());
        one.put("reason", exempt.reason()).put("event", TestEvents.name(kept.payload()));
      }
    }
    return answer;
  }
}
