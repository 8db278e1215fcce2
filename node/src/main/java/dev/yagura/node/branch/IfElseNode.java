package dev.yagura.node.branch;

import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.base.Suggestion;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the way of the first case whose conditions hold, else the way {@code false} (dify-contract
 * §2.5).
 */
public final class IfElseNode implements NodeType<IfElseNode.Config> {
  private static final List<String> OPERATORS =
      List.of(
          "contains",
          "not contains",
          "start with",
          "end with",
          "is",
          "is not",
          "empty",
          "not empty",
          "=",
          "≠",
          ">",
          "<",
          "≥",
          "≤",
          "null",
          "not null",
          "exists",
          "not exists",
          "in",
          "not in",
          "all of");

  public record Config(@Setting(doc = "The cases, tried in order.") List<Case> cases) {}

  public record Case(
      String caseId, @Setting(orElse = "and") String logicalOperator, List<Condition> conditions) {}

  @Override
  public String type() {
    return "if-else";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<Problem> check(Config config, Place place) {
    List<Problem> problems = new ArrayList<>();
    for (Case one : config.cases()) {
      for (Condition condition : one.conditions()) {
        String operator = condition.comparisonOperator();
        if (!OPERATORS.contains(operator)) {
          problems.add(
              Problem.warning(
                      "operator", "unknown operator '" + operator + "'; the node fails", place)
                  .suggest(Suggestion.nearest(operator, OPERATORS)));
        }
      }
    }
    return problems;
  }

  @Override
  public Outcome run(Config config, NodeCall call) {
    for (Case one : config.cases()) {
      if (Conditions.hold(one.conditions(), one.logicalOperator(), call::find)) {
        return Outcome.Done.branch(
            one.caseId(), Value.object("result", true, "selected_case_id", one.caseId()));
      }
    }
    return Outcome.Done.branch("false", Value.object("result", false, "selected_case_id", "false"));
  }
}
