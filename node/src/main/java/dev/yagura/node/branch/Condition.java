package dev.yagura.node.branch;

import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.config.Setting;
import java.util.List;

/**
 * One condition (dify-contract §2.5).
 *
 * @param value what is expected: text (with references), a list of texts, or a flag
 * @param subVariableCondition conditions on the attributes of files
 */
public record Condition(
    Selector variableSelector,
    String comparisonOperator,
    Value value,
    @Setting(name = "sub_variable_condition") SubConditions subVariableCondition) {

  /** Conditions on the files of a list. */
  public record SubConditions(String logicalOperator, List<SubCondition> conditions) {}

  /**
   * @param key an attribute of a file
   */
  public record SubCondition(String key, String comparisonOperator, Value value) {}
}
