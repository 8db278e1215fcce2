package dev.yagura.node.tool;

import dev.yagura.finding.Facts;
import dev.yagura.finding.Finding;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.alert.AlertJson;
import dev.yagura.finding.alert.AlertText;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.alert.Span;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import dev.yagura.node.text.JsonValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Our own tools, all of the provider {@code yagura}: facts, explanation and alert of a finding. */
public final class FindingTools {
  /** {@code provider_id} of our tools. */
  public static final String PROVIDER = "yagura";

  private FindingTools() {}

  public static List<Tool> all(Floor floor) {
    return List.of(new FindingFacts(floor), new ExplainFinding(floor), new SlackAlert());
  }

  /** What takes a finding. */
  private interface FindingTool extends Tool {
    @Override
    default String provider() {
      return PROVIDER;
    }

    @Override
    default List<String> required() {
      return List.of("finding");
    }
  }

  /** Computes what a finding says, and a query for looking it up. */
  private record FindingFacts(Floor floor) implements FindingTool {
    @Override
    public String name() {
      return "finding_facts";
    }

    @Override
    public Result invoke(Value.Obj parameters, NodeCall call) {
      AlertOrder order = AlertOrder.of(parameters);
      Alert alert = order.write(floor);
      Finding finding = order.finding();
      Facts facts = alert.facts();
      Value json = JsonValues.fromJson(AlertJson.of(alert));
      Value.Obj variables =
          Value.object(
              "type",
              finding.type().name(),
              "severity",
              alert.severity().text(),
              "account",
              finding.account(),
              "region",
              finding.region(),
              "resource",
              facts.resource().shown(),
              "query",
              finding.type().name() + " " + Span.plain(alert.headline()));
      String text =
          order.knowsTypeAlone()
              ? order.reason() + "\n" + Span.plain(alert.headline())
              : Span.plain(alert.happened());
      return new Result(text, List.of(json), variables, List.of());
    }
  }

  /** Explains a finding from the catalogue alone: the floor. */
  private record ExplainFinding(Floor floor) implements FindingTool {
    private static final int WIDTH = 100;

    @Override
    public String name() {
      return "explain_finding";
    }

    @Override
    public Result invoke(Value.Obj parameters, NodeCall call) {
      Alert alert = AlertOrder.of(parameters).write(floor);
      Value json = JsonValues.fromJson(AlertJson.of(alert));
      String text = new AlertText(WIDTH, false).write(alert);
      return new Result(text, List.of(json), Value.EMPTY, List.of());
    }
  }

  /** Orders an alert: it is queued with the node's success and delivered from the outbox. */
  private record SlackAlert() implements FindingTool {
    @Override
    public String name() {
      return "slack_alert";
    }

    @Override
    public Result invoke(Value.Obj parameters, NodeCall call) {
      AlertOrder order = AlertOrder.of(parameters);
      String id =
          UUID.nameUUIDFromBytes(call.idempotencyKey().getBytes(StandardCharsets.UTF_8)).toString();
      return new Result(
          "queued",
          List.of(Value.object("status", "queued", "alert_id", id)),
          Value.object("alert_id", id),
          List.of(order.effect(id)));
    }
  }
}
