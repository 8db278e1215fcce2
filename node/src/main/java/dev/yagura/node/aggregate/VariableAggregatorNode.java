package dev.yagura.node.aggregate;

import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the first variable that is there; nodes that were skipped have none (dify-contract §2.13).
 */
public final class VariableAggregatorNode implements NodeType<VariableAggregatorNode.Config> {
  public record Config(
      @Setting(doc = "Variables, the preferred one first.") List<Selector> variables,
      @Setting(doc = "Groups, each with its own output.") Advanced advancedSettings) {}

  public record Advanced(boolean groupEnabled, List<Group> groups) {}

  public record Group(String groupName, List<Selector> variables) {}

  @Override
  public String type() {
    return "variable-aggregator";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Outcome run(Config config, NodeCall call) {
    Map<String, Value> inputs = new LinkedHashMap<>();
    Map<String, Value> outputs = new LinkedHashMap<>();
    if (!config.advancedSettings().groupEnabled()) {
      first(config.variables(), "output", call, inputs, outputs);
    } else {
      for (Group group : config.advancedSettings().groups()) {
        Map<String, Value> output = new LinkedHashMap<>();
        first(group.variables(), "output", call, inputs, output);
        if (!output.isEmpty()) {
          outputs.put(group.groupName(), new Value.Obj(output));
        }
      }
    }
    return Outcome.Done.of(new Value.Obj(outputs))
        .trace(Value.object("inputs", new Value.Obj(inputs)));
  }

  private static void first(
      List<Selector> variables,
      String key,
      NodeCall call,
      Map<String, Value> inputs,
      Map<String, Value> outputs) {
    for (Selector selector : variables) {
      Value value = call.find(selector);
      if (value != null) {
        inputs.put(String.join(".", selector.path().subList(1, selector.path().size())), value);
        outputs.put(key, value);
        return;
      }
    }
  }
}
