package dev.yagura.dify;

import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.graph.Edge;
import dev.yagura.graph.Node;
import dev.yagura.graph.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds where the graph and each of its containers begin; adds what old files lack. */
final class StartNodes {
  private final Map<String, RawNode> nodes;
  private final List<Edge> edges;
  private final List<Problem> problems;
  private final Map<String, String> starts = new LinkedHashMap<>();

  StartNodes(Map<String, RawNode> nodes, List<Edge> edges, List<Problem> problems) {
    this.nodes = nodes;
    this.edges = edges;
    this.problems = problems;
  }

  /** The first node of each container by its id, and of the graph itself by the empty text. */
  Map<String, String> find(Place nodesPlace) {
    containers();
    root(nodesPlace);
    return starts;
  }

  /**
   * Finds the first node of every container; files older than 0.1.2 have none and get one
   * (dify-contract §1.7).
   */
  private void containers() {
    for (RawNode container : List.copyOf(nodes.values())) {
      if (DifyNodeTypes.kind(container.type()) == Node.Kind.CONTAINER) {
        starts.put(container.id(), firstOf(container));
      }
    }
  }

  private String firstOf(RawNode container) {
    String type = container.type() + "-start";
    String named = GraphReader.id(container.data(), "start_node_id");
    RawNode first = nodes.get(named);
    if (first != null && first.type().equals(type) && container.id().equals(first.parent())) {
      return named;
    }
    for (RawNode node : nodes.values()) {
      if (container.id().equals(node.parent()) && node.type().equals(type)) {
        return node.id();
      }
    }
    String id = container.id() + "start";
    nodes.put(
        id,
        new RawNode(
            id, container.id(), Value.object("type", type, "title", ""), container.place()));
    if (first != null && container.id().equals(first.parent())) {
      edges.add(Edge.of(id, named));
    } else {
      problems.add(
          Problem.warning(
              "empty-container",
              "it names no first node inside; it runs nothing",
              container.place().about(container.label())));
    }
    return id;
  }

  private void root(Place nodesPlace) {
    RawNode start = null;
    for (RawNode node : nodes.values()) {
      if (node.parent() == null && DifyNodeTypes.isRoot(node.type())) {
        if (start == null) {
          start = node;
        } else if (start.type().equals("start") != node.type().equals("start")) {
          problems.add(
              Problem.error(
                  "start-and-trigger",
                  "Start node and trigger nodes cannot coexist in the same workflow",
                  node.place().about(node.label())));
        }
      }
    }
    if (start == null) {
      start = firstWithoutEdges();
    }
    if (start == null) {
      problems.add(
          Problem.error(
              "no-start",
              nodes.isEmpty()
                  ? "Graph must have at least one node"
                  : "Unable to determine root node ID (expected: a start node)",
              nodesPlace));
    } else {
      starts.put("", start.id());
    }
  }

  private @Nullable RawNode firstWithoutEdges() {
    for (RawNode node : nodes.values()) {
      if (node.parent() == null
          && edges.stream().noneMatch(edge -> edge.target().equals(node.id()))) {
        return node;
      }
    }
    return null;
  }
}
