package dev.yagura.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A workflow ready to run. Nodes fall into scopes: the outermost one and one per container. Edges
 * that leave their scope are refused by the reader of the DSL; here they are an
 * IllegalArgumentException, like every other mistake that a checked workflow cannot have.
 */
public final class Graph {
  private final List<Node> nodes;
  private final List<Edge> edges;
  private final Map<String, Node> byId = new HashMap<>();
  private final Map<String, Scope> scopes = new LinkedHashMap<>();
  private final Scope root;
  private final Map<String, String> starts;

  /**
   * @param starts the first node of each container, by the container's id; the key "" names the
   *     first node of the whole
   */
  public Graph(List<Node> nodes, List<Edge> edges, Map<String, String> starts) {
    this.nodes = Collections.unmodifiableList(new ArrayList<>(nodes));
    this.edges = Collections.unmodifiableList(new ArrayList<>(edges));
    for (Node node : this.nodes) {
      if (byId.put(node.id(), node) != null) {
        throw new IllegalArgumentException("two nodes have the id " + node.id());
      }
    }
    this.starts = Collections.unmodifiableMap(new LinkedHashMap<>(starts));
    this.root = scope("", starts);
    for (Node node : this.nodes) {
      if (node.kind() == Node.Kind.CONTAINER) {
        scopes.put(node.id(), scope(node.id(), starts));
      }
    }
  }

  private Scope scope(String container, Map<String, String> starts) {
    List<Node> inside =
        nodes.stream()
            .filter(node -> container.equals(node.parent() == null ? "" : node.parent()))
            .toList();
    String start = starts.get(container);
    if (start == null) {
      throw new IllegalArgumentException(
          (container.isEmpty() ? "the workflow" : "container " + container)
              + " names no first node");
    }
    return new Scope(container, inside, edges, start);
  }

  public List<Node> nodes() {
    return nodes;
  }

  /** The same graph with its nodes changed; ids, kinds and containers must stay. */
  public Graph with(UnaryOperator<Node> change) {
    return new Graph(nodes.stream().map(change).toList(), edges, starts);
  }

  public List<Edge> edges() {
    return edges;
  }

  /** The node, or null where there is none. */
  public @Nullable Node node(String id) {
    return byId.get(id);
  }

  Scope root() {
    return root;
  }

  Scope scope(String container) {
    Scope scope = scopes.get(container);
    if (scope == null) {
      throw new IllegalArgumentException(container + " is no container of this workflow");
    }
    return scope;
  }
}
