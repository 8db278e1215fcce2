package dev.yagura.node.tool;

import dev.yagura.graph.Effect;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Something that a tool node can do. Found by provider and name, as DSL files name it. */
public interface Tool {
  /** {@code provider_id} in DSL files. */
  String provider();

  /** {@code tool_name} in DSL files. */
  String name();

  /** Names of the parameters that must be given. */
  default List<String> required() {
    return List.of();
  }

  /**
   * Does it. What it cannot do is a FlowException; what it wants done in the world is an effect of
   * its result.
   *
   * @param parameters by name; those that were not given are absent
   */
  Result invoke(Value.Obj parameters, NodeCall call) throws InterruptedException;

  /**
   * @param text for people
   * @param json for the next nodes
   * @param variables more outputs, by name
   * @param effects to be carried out after the node has ended well
   */
  record Result(String text, List<Value> json, Value.Obj variables, List<Effect> effects) {
    public Result {
      json = Collections.unmodifiableList(new ArrayList<>(json));
      effects = Collections.unmodifiableList(new ArrayList<>(effects));
    }
  }
}
