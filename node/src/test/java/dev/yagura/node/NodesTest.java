package dev.yagura.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.base.Problem.Place;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.graph.Node;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.aggregate.VariableAggregatorNode;
import dev.yagura.node.answer.AnswerNode;
import dev.yagura.node.assign.AssignerNode;
import dev.yagura.node.iteration.IterationNode;
import dev.yagura.node.text.TextTemplate;
import dev.yagura.node.tool.AlertOrder;
import dev.yagura.node.tool.FindingTools;
import dev.yagura.node.tool.ToolNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodesTest {
  @Test
  void references_follow_difys_grammar_and_missing_ones_leave_their_name() {
    FakeCall call = FakeCall.with("n.v", "ok", "bad-id.v", "never");
    assertThat(
            TextTemplate.parse("{{#n.v#}} {{#n.w#}} {{#bad-id.v#}} {{ n.v }} n.v")
                .render(call::find))
        .isEqualTo("ok n.w {{#bad-id.v#}} {{ n.v }} n.v");
  }

  @Test
  void an_answer_is_markdown() {
    var done =
        FakeCall.with("n.o", Value.object("a", 1))
            .run(new AnswerNode(), Value.object("answer", "x {{#n.o#}}"));
    assertThat(done.outputs().get("answer")).isEqualTo(Value.text("x {\n  \"a\": 1\n}"));
  }

  @Test
  void the_aggregator_takes_the_first_that_is_there_even_if_it_is_null() {
    var node = new VariableAggregatorNode();
    Value.Obj config = Value.object("variables", List.of(List.of("a", "x"), List.of("b", "x")));
    assertThat(FakeCall.with("b.x", 2).run(node, config).outputs())
        .isEqualTo(Value.object("output", 2));
    assertThat(FakeCall.with("a.x", Value.NULL, "b.x", 2).run(node, config).outputs())
        .isEqualTo(Value.object("output", Value.NULL));
    assertThat(FakeCall.with().run(node, config).outputs()).isEqualTo(Value.EMPTY);
    Value.Obj grouped =
        Value.object(
            "advanced_settings",
            Value.object(
                "group_enabled",
                true,
                "groups",
                List.of(Value.object("group_name", "G", "variables", List.of(List.of("b", "x"))))));
    assertThat(FakeCall.with("b.x", 2).run(node, grouped).outputs())
        .isEqualTo(Value.object("G", Value.object("output", 2)));
  }

  private static Outcome.Done assign(
      FakeCall call, String operation, String inputType, Object value) {
    return call.run(
        new AssignerNode(),
        Value.object(
            "version",
            "2",
            "items",
            List.of(
                Value.object(
                    "variable_selector",
                    List.of("conversation", "v"),
                    "input_type",
                    inputType,
                    "operation",
                    operation,
                    "value",
                    value))));
  }

  private static Value assigned(Object before, String operation, Object value) {
    return assign(FakeCall.with("conversation.v", before), operation, "constant", value)
        .writes()
        .getFirst()
        .value();
  }

  @Test
  void the_assigner_does_arithmetic_and_sets_and_refuses_what_does_not_fit() {
    assertThat(assigned(5, "+=", 2)).isEqualTo(Value.integer(7));
    assertThat(assigned(5, "/=", 2)).isEqualTo(new Value.Real(2.5));
    assertThat(assigned("a", "set", "b")).isEqualTo(Value.text("b"));
    assertThat(assigned(Value.object("a", 1), "set", "{\"b\": 2}")).isEqualTo(Value.object("b", 2));
    assertThat(assigned(List.of(1, 2), "remove-first", Value.NULL)).isEqualTo(Value.of(List.of(2)));
    assertThat(assigned(List.of(1), "clear", Value.NULL)).isEqualTo(Value.array());
    assertThatThrownBy(() -> assigned(5, "/=", 0)).hasMessage("Invalid input value 0");
    assertThatThrownBy(() -> assigned("a", "+=", 1))
        .hasMessage("Operation += is not supported for type string");
    assertThatThrownBy(() -> assigned(List.of(1), "append", 1))
        .hasMessage("Input type constant is not supported for operation append");
    assertThatThrownBy(() -> assign(FakeCall.with(), "set", "constant", 1))
        .hasMessage("Variable ['conversation', 'v'] not found");
    FakeCall call = FakeCall.with("conversation.v", List.of("a"), "n.x", "b", "n.y", 5);
    assertThat(assign(call, "append", "variable", List.of("n", "x")).writes().getFirst())
        .isEqualTo(
            new Outcome.Write(Selector.of("conversation", "v"), Value.of(List.of("a", "b"))));
    assertThatThrownBy(() -> assign(call, "append", "variable", List.of("n", "y")))
        .hasMessage("Invalid input value 5");
  }

  @Test
  void the_old_assigner_overwrites_and_appends() {
    Value.Obj config =
        Value.object(
            "assigned_variable_selector", List.of("conversation", "v"),
            "write_mode", "append",
            "input_variable_selector", List.of("n", "x"));
    var done =
        FakeCall.with("conversation.v", List.of(1), "n.x", "b").run(new AssignerNode(), config);
    assertThat(done.writes().getFirst().value()).isEqualTo(Value.of(List.of(1, "b")));
  }

  @Test
  void an_iteration_needs_a_list() {
    Value.Obj config =
        Value.object("iterator_selector", List.of("n", "l"), "output_selector", List.of("w", "o"));
    var node = new IterationNode();
    assertThatThrownBy(() -> FakeCall.with().run(node, config))
        .hasMessage("iterator variable ['n', 'l'] not found");
    assertThatThrownBy(() -> FakeCall.with("n.l", "abc").run(node, config))
        .hasMessage("invalid iterator value: abc, please provide a list.");
    assertThat(FakeCall.with("n.l", Value.NULL).run(node, config).outputs())
        .isEqualTo(Value.object("output", Value.array()));
  }

  private static final Floor FLOOR = new Floor(Catalogue.load());
  private static final ToolNode TOOLS = new ToolNode(FindingTools.all(FLOOR));

  private static Value.Obj tool(String name, Object finding) {
    return Value.object(
        "provider_id",
        "yagura",
        "tool_name",
        name,
        "tool_parameters",
        Value.object("finding", Value.object("type", "mixed", "value", finding)));
  }

  @Test
  void the_facts_tool_computes_and_the_slack_tool_orders_an_alert_as_an_effect() {
    String finding =
        "{\"type\":\"Trojan:EC2/DropPoint\",\"severity\":5,\"accountId\":\"123456789012\"}";
    FakeCall call = FakeCall.with("start.finding", finding);
    var facts = call.run(TOOLS, tool("finding_facts", "{{#start.finding#}}"));
    assertThat(facts.outputs().get("severity")).isEqualTo(Value.text("medium"));
    assertThat(facts.effects()).isEmpty();
    var alert = call.run(TOOLS, tool("slack_alert", "{{#start.finding#}}"));
    assertThat(alert.outputs().get("text")).isEqualTo(Value.text("queued"));
    assertThat(alert.effects()).hasSize(1);
    assertThat(AlertOrder.id(alert.effects().getFirst()))
        .isEqualTo(((Value.Text) alert.outputs().get("alert_id")).value());
    assertThat(AlertOrder.of(alert.effects().getFirst()).write(FLOOR).facts().finding().account())
        .isEqualTo("123456789012");
    assertThat(call.run(TOOLS, tool("slack_alert", "{{#start.finding#}}")).effects())
        .isEqualTo(alert.effects());
  }

  @Test
  void tools_that_are_not_here_or_lack_a_parameter_fail_by_name() {
    assertThatThrownBy(() -> FakeCall.with().run(TOOLS, tool("slack_alrt", "x")))
        .hasMessageContaining("the tool yagura/slack_alrt is not available here");
    assertThat(
            new NodeTypes(List.of(new BuiltIn(Services.offline(FLOOR))))
                .check(
                    Node.of("t", "tool", Node.Kind.PLAIN).config(tool("slack_alrt", "x")),
                    Place.NOWHERE)
                .getFirst()
                .toString())
        .contains("did you mean yagura/slack_alert?");
    assertThatThrownBy(
            () ->
                FakeCall.with()
                    .run(TOOLS, Value.object("provider_id", "yagura", "tool_name", "slack_alert")))
        .hasMessageContaining("tool parameter finding not found");
    assertThatThrownBy(() -> FakeCall.with().run(TOOLS, tool("finding_facts", "no json")))
        .hasMessageContaining("no valid JSON");
  }

  @Test
  void settings_of_the_wrong_kind_say_where_and_what_was_expected() {
    Node node =
        Node.of("n", "if-else", Node.Kind.BRANCH)
            .config(Value.object("cases", List.of(Value.object("conditions", 5))));
    assertThat(
            new NodeTypes(List.of(new BuiltIn(Services.offline(FLOOR))))
                .check(node, Place.NOWHERE)
                .getFirst()
                .message())
        .startsWith("cases[0].conditions: 5 (expected: a list)");
  }
}
