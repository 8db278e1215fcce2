package dev.yagura.node;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.graph.Node;
import dev.yagura.graph.Outcome;
import dev.yagura.node.config.Settings;
import dev.yagura.node.tool.Tool;
import dev.yagura.node.tool.ToolNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All node types that are there, from all manifests; a later manifest may replace what an earlier
 * one brings.
 */
public final class NodeTypes {
  private final Map<String, NodeType<?>> types = new LinkedHashMap<>();

  public NodeTypes(List<Extension> extensions) {
    List<Tool> tools = new ArrayList<>();
    for (Extension extension : extensions) {
      extension.nodeTypes().forEach(type -> types.put(type.type(), type));
      tools.addAll(extension.tools());
    }
    ToolNode tool = new ToolNode(tools);
    types.put(tool.type(), tool);
  }

  public Set<String> names() {
    return Collections.unmodifiableSet(types.keySet());
  }

  public boolean has(String type) {
    return types.containsKey(type);
  }

  /** What is wrong with a node's settings, found without running it. */
  public List<Problem> check(Node node, Place place) {
    NodeType<?> type = types.get(node.type());
    if (type == null) {
      return List.of(
          Problem.warning(
              "not-available",
              "node type "
                  + node.type()
                  + " is not available here yet; the node fails when it is run",
              place));
    }
    return check(type, node, place);
  }

  private static <C extends Record> List<Problem> check(NodeType<C> type, Node node, Place place) {
    try {
      return type.check(Settings.bind(type.config(), node.config()), place);
    } catch (FlowException wrong) {
      return List.of(
          Problem.warning(
              "setting", wrong.getMessage() + "; the node fails when it is run", place));
    }
  }

  /** Runs a node; a FlowException says what it could not do. */
  public Outcome run(NodeCall call) throws InterruptedException {
    Node node = call.node();
    NodeType<?> type = types.get(node.type());
    if (type == null) {
      throw Failure.user(
              "NodeTypeNotAvailable",
              "Unknown node type: "
                  + node.type()
                  + " (expected: one of "
                  + String.join(", ", types.keySet())
                  + ")")
          .asException();
    }
    return run(type, call);
  }

  private static <C extends Record> Outcome run(NodeType<C> type, NodeCall call)
      throws InterruptedException {
    return type.run(Settings.bind(type.config(), call.node().config()), call);
  }
}
