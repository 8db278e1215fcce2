package dev.yagura.node.retrieval;

import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import dev.yagura.knowledge.MetadataFilter;
import dev.yagura.node.NodeCall;
import dev.yagura.node.text.TextTemplate;
import java.util.ArrayList;
import java.util.List;

/** The conditions of the node's settings, with the values of this run. */
final class MetadataConditions {
  private MetadataConditions() {}

  static MetadataFilter filter(KnowledgeRetrievalNode.Config config, NodeCall call) {
    if (!config.metadataFilteringMode().equals("manual")) {
      return MetadataFilter.NONE;
    }
    var given = config.metadataFilteringConditions();
    List<MetadataFilter.Condition> conditions = new ArrayList<>();
    for (Value one : given.conditions()) {
      if (one instanceof Value.Obj condition) {
        conditions.add(
            new MetadataFilter.Condition(
                text(condition, "name"),
                text(condition, "comparison_operator"),
                TextTemplate.parse(text(condition, "value")).render(call::find)));
      }
    }
    return new MetadataFilter(!given.logicalOperator().equals("or"), conditions);
  }

  private static String text(Value.Obj condition, String name) {
    Value value = condition.get(name);
    return value == null || value == Value.NULL ? "" : Py.str(value);
  }
}
