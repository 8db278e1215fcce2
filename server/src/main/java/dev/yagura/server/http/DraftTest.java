package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.RunId;
import dev.yagura.finding.Finding;
import dev.yagura.finding.FindingReader;
import dev.yagura.finding.FindingReader.Item;
import dev.yagura.graph.RunState;
import dev.yagura.graph.value.Value;
import dev.yagura.node.start.InputForm;
import dev.yagura.node.text.JsonValues;
import dev.yagura.run.NodeLog;
import dev.yagura.run.Origin;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.server.Engine;
import dev.yagura.server.app.App;
import dev.yagura.server.run.FindingInputs;
import dev.yagura.server.run.Runs;
import java.time.Duration;

/** Runs the draft of a workflow once, as the one who changes it wants to see it. */
final class DraftTest {
  private final Engine engine;

  DraftTest(Engine engine) {
    this.engine = engine;
  }

  JsonNode run(App app, ObjectNode body) throws InterruptedException {
    WorkflowVersion draft = engine.apps().trial(app);
    Value.Obj inputs =
        body.has("finding")
            ? FindingInputs.of(finding(body.get("finding")), draft.graph())
            : InputForm.of(draft.graph()).fill(given(body));
    RunId id = engine.runs().newId();
    var origin = new Origin(app.id(), "administrator", "debugging", "");
    var order = new Runs.Order(id, draft, inputs, Value.array(), origin);
    RunState state =
        engine.runs().await(engine.runs().start(order, engine.alerts().listener()).end());
    return view(id, state);
  }

  private static Value.Obj given(ObjectNode body) {
    return JsonValues.fromJson(body.path("inputs")) instanceof Value.Obj inputs
        ? inputs
        : Value.EMPTY;
  }

  private static Finding finding(JsonNode json) {
    return switch (FindingReader.read("finding", json).getFirst()) {
      case Item.Accepted(Finding finding) -> finding;
      case Item.Refused refused ->
          throw Failure.user("unusable_finding", refused.problem().toString()).asException();
    };
  }

  private JsonNode view(RunId id, RunState state) {
    ObjectNode answer = Json.object().put("id", id.value()).put("status", state.status().text());
    Failure failure = state.failure();
    answer.put("error", failure == null ? "" : failure.message());
    answer.set("outputs", JsonValues.toJson(state.outputs()));
    ArrayNode nodes = answer.putArray("nodes");
    for (NodeLog log : engine.store().journal().logs(id)) {
      nodes
          .addObject()
          .put("node", log.at().node())
          .put("type", log.type())
          .put("title", log.title())
          .put("status", log.status())
          .put("error", log.error())
          .put("milliseconds", Duration.between(log.startedAt(), log.finishedAt()).toMillis());
    }
    return answer;
  }
}
