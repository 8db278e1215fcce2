package dev.yagura.node.start;

import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a run begins: outputs every input, and every system variable as {@code sys.name}
 * (dify-contract §2.2).
 */
public final class StartNode implements NodeType<StartNode.Config> {
  public record Config(@Setting(doc = "The inputs of the workflow.") List<InputField> variables) {}

  @Override
  public String type() {
    return "start";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<Problem> check(Config config, Place place) {
    return config.variables().stream()
        .filter(field -> Py.truth(field.jsonSchema()))
        .map(
            field ->
                Problem.warning(
                    "json-schema",
                    "the schema of the input " + field.variable() + " is not checked here yet",
                    place))
        .toList();
  }

  @Override
  public Outcome run(Config config, NodeCall call) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (InputField field : config.variables()) {
      Value value = call.input().inputs().get(field.variable());
      outputs.put(field.variable(), value == null ? Value.NULL : value);
    }
    call.input().system().fields().forEach((name, value) -> outputs.put("sys." + name, value));
    var all = new Value.Obj(outputs);
    return Outcome.Done.of(all).trace(Value.object("inputs", all));
  }
}
