package dev.yagura.server.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.finding.Finding;
import dev.yagura.graph.Graph;
import dev.yagura.graph.value.Value;
import dev.yagura.node.start.InputForm;
import dev.yagura.node.text.JsonValues;
import java.util.LinkedHashMap;
import java.util.Map;

/** A finding as the inputs of a workflow: {@code finding}, {@code type} and {@code severity}. */
public final class FindingInputs {
  private FindingInputs() {}

  /** The inputs; a FlowException where the workflow wants others as well. */
  public static Value.Obj of(Finding finding, Graph graph) {
    return InputForm.of(graph)
        .fill(
            Value.object(
                "finding",
                event(finding).toString(),
                "type",
                finding.type().name(),
                "severity",
                finding.severity()));
  }

  /**
   * The inputs of a workflow for an event that is no finding: {@code event} and {@code finding}
   * with its JSON, {@code source} and {@code detail_type}.
   */
  public static Value.Obj ofEvent(ObjectNode event, Graph graph) {
    InputForm form = InputForm.of(graph);
    Value text = new Value.Text(event.toString());
    boolean asObject =
        form.fields().stream()
            .anyMatch(
                field -> field.variable().equals("event") && field.type().equals("json_object"));
    Map<String, Value> given = new LinkedHashMap<>();
    given.put("event", asObject ? JsonValues.fromJson(event) : text);
    given.put("finding", text);
    given.put("source", new Value.Text(event.path("source").asText()));
    given.put("detail_type", new Value.Text(event.path("detail-type").asText()));
    return form.fill(new Value.Obj(given));
  }

  /** The finding with what its envelope said, in the shape of an event. */
  public static ObjectNode event(Finding finding) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("detail-type", "GuardDuty Finding").put("source", "aws.guardduty");
    event.put("account", finding.account()).put("region", finding.region());
    event.set("detail", finding.body().node());
    return event;
  }

  /**
   * Whether an alert tells of the finding that was asked about: a workflow may have put another one
   * into it, for example one that a model made up.
   */
  public static boolean isAbout(Finding told, Finding asked) {
    return told.revision().equals(asked.revision())
        && told.type().equals(asked.type())
        && told.account().equals(asked.account())
        && told.region().equals(asked.region());
  }
}
