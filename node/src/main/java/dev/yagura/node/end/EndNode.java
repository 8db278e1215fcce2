package dev.yagura.node.end;

import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives the outputs of a workflow; a missing variable is null (dify-contract §2.3). */
public final class EndNode implements NodeType<EndNode.Config> {
  public record Config(@Setting(doc = "The outputs of the workflow.") List<Output> outputs) {}

  public record Output(String variable, Selector valueSelector) {}

  @Override
  public String type() {
    return "end";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Outcome run(Config config, NodeCall call) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (Output output : config.outputs()) {
      Value value = call.find(output.valueSelector());
      outputs.put(output.variable(), value == null ? Value.NULL : value);
    }
    var all = new Value.Obj(outputs);
    return Outcome.Done.of(all).trace(Value.object("inputs", all));
  }
}
