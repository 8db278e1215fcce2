package dev.yagura.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.graph.value.Value;
import dev.yagura.node.branch.IfElseNode;
import dev.yagura.node.text.JsonValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * dify-contract §2.5, the table of operators: actual and expected as JSON, T, F or the error text.
 */
class ConditionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "contains | \"abc\" | \"b\" | T",
        "contains | null | \"b\" | F",
        "contains | \"\" | \"\" | F",
        "contains | [\"a\", \"b\"] | \"b\" | T",
        "contains | [1, 2] | \"1\" | F",
        "contains | 5 | \"5\" | Invalid actual value type: string or array",
        "not contains | null | \"b\" | T",
        "not contains | \"abc\" | \"b\" | F",
        "start with | \"abc\" | \"ab\" | T",
        "start with | \"\" | \"\" | F",
        "start with | 5 | \"5\" | Invalid actual value type: string",
        "end with | \"abc\" | \"bc\" | T",
        "is | \"A\" | \"a\" | F",
        "is | null | \"\" | F",
        "is not | null | \"a\" | F",
        "is not | \"a\" | \"b\" | T",
        "is | true | \"true\" | T",
        "is | 5 | \"5\" | Invalid actual value type: string or boolean",
        "empty | \"\" | \"\" | T",
        "empty | 0 | \"\" | T",
        "empty | [] | \"\" | T",
        "not empty | \"false\" | \"\" | T",
        "= | 5 | \"5\" | T",
        "= | 5 | \"1.5\" | invalid literal for int() with base 10: '1.5'",
        "= | 5.0 | \"5\" | T",
        "= | null | \"5\" | F",
        "≠ | null | \"5\" | F",
        "≠ | 4 | \"5\" | T",
        "= | \"5\" | \"5\" | Invalid actual value type: number or boolean",
        "> | 5 | \"4\" | T",
        "> | null | \"4\" | F",
        "< | 0 | \"0.95\" | T",
        "≤ | 0 | \"0.95\" | T",
        "≥ | 5 | \"x\" | Cannot convert 'x' to number",
        "> | \"5\" | \"4\" | Invalid actual value type: number",
        "null | null | \"\" | T",
        "not null | \"\" | \"\" | T",
        "exists | null | \"\" | F",
        "in | \"a\" | [\"a\", \"b\"] | T",
        "in | \"\" | [\"a\"] | F",
        "not in | \"\" | [\"a\"] | T",
        "in | \"a\" | \"a\" | Invalid expected value type: array",
        "all of | [\"a\", \"b\", \"c\"] | [\"a\", \"c\"] | T",
        "all of | [\"a\"] | [\"a\", \"c\"] | F",
        "spaceship | \"a\" | \"a\" | unsupported operator: spaceship"
      })
  void every_operator_does_what_dify_does(
      String operator, String actual, String expected, String outcome) {
    FakeCall call = FakeCall.with("n.v", json(actual));
    Value.Obj config = config(operator, json(expected), "n", "v");
    if (outcome.equals("T") || outcome.equals("F")) {
      assertThat(call.run(new IfElseNode(), config).handle())
          .isEqualTo(outcome.equals("T") ? "yes" : "false");
    } else {
      assertThatThrownBy(() -> call.run(new IfElseNode(), config)).hasMessage(outcome);
    }
  }

  private static Value json(String text) {
    return JsonValues.parse(text.strip()).orElseThrow();
  }

  private static Value.Obj config(String operator, Value expected, String... selector) {
    return Value.object(
        "cases",
        List.of(
            Value.object(
                "case_id",
                "yes",
                "logical_operator",
                "and",
                "conditions",
                List.of(
                    Value.object(
                        "variable_selector",
                        List.of(selector),
                        "comparison_operator",
                        operator,
                        "value",
                        expected)))));
  }

  @Test
  void a_variable_that_is_not_there_fails_the_node() {
    assertThatThrownBy(
            () -> FakeCall.with().run(new IfElseNode(), config("is", Value.text("a"), "n", "v")))
        .hasMessage("Variable ['n', 'v'] not found");
  }

  @Test
  void the_expected_text_may_refer_to_variables() {
    var done =
        FakeCall.with("n.v", "abc", "m.w", "b")
            .run(new IfElseNode(), config("contains", Value.text("{{#m.w#}}"), "n", "v"));
    assertThat(done.outputs()).isEqualTo(Value.object("result", true, "selected_case_id", "yes"));
  }

  @Test
  void files_are_tested_by_their_attributes() {
    Value files =
        Value.array(
            new Value.File(
                Map.of("filename", Value.text("a.pdf"), "extension", Value.text(".pdf"))));
    Value.Obj condition =
        Value.object(
            "variable_selector",
            List.of("n", "v"),
            "comparison_operator",
            "contains",
            "sub_variable_condition",
            Value.object(
                "logical_operator",
                "and",
                "conditions",
                List.of(
                    Value.object(
                        "key", "extension", "comparison_operator", "is", "value", "pdf"))));
    Value.Obj config =
        Value.object(
            "cases", List.of(Value.object("case_id", "yes", "conditions", List.of(condition))));
    assertThat(FakeCall.with("n.v", files).run(new IfElseNode(), config).handle()).isEqualTo("yes");
  }
}
