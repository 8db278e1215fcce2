package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.aws.sqs.QueueDepth;
import dev.yagura.aws.sqs.QueueIntake;
import dev.yagura.aws.sqs.QueueStatus;
import dev.yagura.server.Engine;
import java.util.List;
import java.util.Locale;

/** How it stands with the queues that findings come from. */
final class QueueOperations {
  private final Engine engine;

  QueueOperations(Engine engine) {
    this.engine = engine;
  }

  List<Operation> all() {
    return List.of(
        AdminOperations.get(
            "/queues",
            "The queues, what became of their messages, and with ask=true what they say now.",
            this::queues));
  }

  private JsonNode queues(Call call) throws InterruptedException {
    boolean ask = call.query("ask", "false").equals("true");
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    for (QueueIntake queue : engine.queues().all()) {
      ObjectNode view = view(queue.status());
      if (ask) {
        depth(view, queue.ask());
      }
      data.add(view);
    }
    return answer;
  }

  private static ObjectNode view(QueueStatus status) {
    ObjectNode view = Json.object().put("url", status.url()).put("name", status.name());
    view.put("region", status.region());
    view.put("state", status.state().name().toLowerCase(Locale.ROOT));
    view.put("error", status.error());
    var since = status.since();
    view.put("error_since", since == null ? null : since.toString());
    QueueStatus.Totals totals = status.totals();
    return view.put("received", totals.received())
        .put("kept", totals.kept())
        .put("duplicates", totals.duplicates())
        .put("refused", totals.refused())
        .put("unburied", totals.unburied())
        .put("returned", totals.returned());
  }

  private static void depth(ObjectNode view, QueueDepth depth) {
    view.put("waiting", depth.waiting()).put("in_flight", depth.inFlight());
    view.put("dead_letter_queue", depth.deadLetters()).put("dead_letters", depth.dead());
    depth.missing().forEach(view.putArray("missing")::add);
  }
}
