package dev.yagura.server.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.finding.Finding;
import dev.yagura.graph.Graph;
import dev.yagura.graph.value.Value;
import dev.yagura.node.start.InputForm;

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
