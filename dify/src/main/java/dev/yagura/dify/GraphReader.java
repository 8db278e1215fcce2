package dev.yagura.dify;

import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.base.Suggestion;
import dev.yagura.graph.Edge;
import dev.yagura.graph.Graph;
import dev.yagura.graph.Node;
import dev.yagura.graph.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code workflow.graph} (dify-contract §1.7). */
final class GraphReader {
  /** Most nodes of a workflow. */
  static final int MAX_NODES = 5_000;

  /** Most edges of a workflow. */
  static final int MAX_EDGES = 20_000;

  private final YamlDocument document;
  private final Value.Obj graph;
  private final List<Problem> problems;
  private final Map<String, RawNode> nodes = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Map<String, String> starts = new LinkedHashMap<>();

  GraphReader(YamlDocument document, Value.Obj graph, List<Problem> problems) {
    this.document = document;
    this.graph = graph;
    this.problems = problems;
  }

  Optional<Graph> read() {
    List<Value> listed = list("nodes");
    if (listed.size() > MAX_NODES || list("edges").size() > MAX_EDGES) {
      error(
          "too-many-nodes",
          listed.size()
              + " nodes and "
              + list("edges").size()
              + " edges (expected: at most "
              + MAX_NODES
              + " and "
              + MAX_EDGES
              + ")",
          place("nodes"));
      return Optional.empty();
    }
    for (int i = 0; i < listed.size(); i++) {
      node(listed.get(i), i);
    }
    nodes.replaceAll((id, node) -> node.data(Upgrades.data(node.data())));
    nodes.values().forEach(this::checkType);
    nodes.values().forEach(this::checkParent);
    nodes.values().forEach(this::checkNesting);
    if (problems.stream().anyMatch(Problem::isError)) {
      return Optional.empty();
    }
    List<Value> connections = list("edges");
    for (int i = 0; i < connections.size(); i++) {
      edge(connections.get(i), i);
    }
    starts.putAll(new StartNodes(nodes, edges, problems).find(place("nodes")));
    new Cycles(nodes, edges, problems).report();
    if (problems.stream().anyMatch(Problem::isError)) {
      return Optional.empty();
    }
    return Optional.of(
        new Graph(nodes.values().stream().map(this::toNode).toList(), edges, starts));
  }

  /** Where each node of the graph stands, in the graph's order. */
  List<NodePlace> places() {
    return nodes.values().stream().map(node -> new NodePlace(node.id(), node.place())).toList();
  }

  private List<Value> list(String key) {
    return graph.get(key) instanceof Value.Array(List<Value> items) ? items : List.of();
  }

  private Place place(Object... path) {
    Object[] full = new Object[path.length + 2];
    full[0] = "workflow";
    full[1] = "graph";
    System.arraycopy(path, 0, full, 2, path.length);
    return document.place(full);
  }

  private void error(String code, String message, Place place) {
    problems.add(Problem.error(code, message, place));
  }

  private void node(Value value, int position) {
    Place place = place("nodes", position);
    if (!(value instanceof Value.Obj node) || !(node.get("data") instanceof Value.Obj data)) {
      error("node", "a node without data (expected: id, data)", place);
      return;
    }
    if (node.text("type", "").equals("custom-note") || data.text("type", "").isEmpty()) {
      return;
    }
    String id = id(node, "id");
    if (id.isEmpty() || id.indexOf('/') >= 0 || id.indexOf('#') >= 0) {
      error("node", "'" + id + "' is no id of a node (expected: text without / and #)", place);
      return;
    }
    String parent = id(node, "parentId");
    if (parent.isEmpty() && Value.TRUE.equals(data.get("isInIteration"))) {
      parent = id(data, "iteration_id");
    }
    if (parent.isEmpty() && Value.TRUE.equals(data.get("isInLoop"))) {
      parent = id(data, "loop_id");
    }
    var raw = new RawNode(id, parent.isEmpty() ? null : parent, data, place);
    if (nodes.putIfAbsent(id, raw) != null) {
      error("duplicate-node", "a second node with the id " + id, place);
    }
  }

  /** An id as text: YAML reads one that looks like a number as a number. */
  static String id(Value.Obj of, String key) {
    return switch (of.get(key)) {
      case Value.Text(String text) -> text;
      case Value.Int(long number) -> Long.toString(number);
      case null, default -> "";
    };
  }

  private void checkType(RawNode node) {
    if (!DifyNodeTypes.isKnown(node.type())) {
      problems.add(
          Problem.warning(
                  "unknown-type",
                  "unknown node type '"
                      + node.type()
                      + "'; without an extension that brings it the node fails",
                  node.place().about(node.label()))
              .suggest(Suggestion.nearest(node.type(), DifyNodeTypes.names())));
    }
  }

  private void checkParent(RawNode node) {
    String parent = node.parent();
    if (parent == null) {
      return;
    }
    RawNode container = nodes.get(parent);
    if (container == null) {
      error(
          "missing-container",
          "it is inside '" + parent + "', which is not in the file",
          node.place().about(node.label()));
    } else if (DifyNodeTypes.kind(container.type()) != Node.Kind.CONTAINER) {
      error(
          "no-container",
          "it is inside " + container.label() + ", which is no iteration or loop",
          node.place().about(node.label()));
    }
  }

  /**
   * Containers that are inside each other, or a container inside itself, hold nothing that could
   * run.
   */
  private void checkNesting(RawNode node) {
    Set<String> around = new HashSet<>();
    RawNode at = node;
    while (at != null && at.parent() != null) {
      if (!around.add(at.id())) {
        error("nested-in-itself", "it is inside itself", node.place().about(node.label()));
        return;
      }
      at = nodes.get(at.parent());
    }
  }

  private void edge(Value value, int position) {
    Place place = place("edges", position);
    if (!(value instanceof Value.Obj edge)) {
      return;
    }
    String source = id(edge, "source");
    String target = id(edge, "target");
    if (source.isEmpty() || target.isEmpty()) {
      problems.add(Problem.warning("edge", "an edge without source or target is ignored", place));
      return;
    }
    RawNode from = end(source, edge, place);
    RawNode to = end(target, edge, place);
    if (from == null || to == null) {
      return;
    }
    if (!Objects.equals(from.parent(), to.parent())) {
      problems.add(
          Problem.warning(
              "edge-leaves-container",
              "the edge from "
                  + from.label()
                  + " to "
                  + to.label()
                  + " leaves its iteration or loop and is ignored",
              place));
      return;
    }
    String handle = edge.text("sourceHandle", Node.SUCCESS_HANDLE);
    edges.add(new Edge(source, handle.isEmpty() ? Node.SUCCESS_HANDLE : handle, target));
  }

  private @Nullable RawNode end(String id, Value.Obj edge, Place place) {
    RawNode node = nodes.get(id);
    if (node == null) {
      problems.add(
          Problem.error(
                  "missing-node",
                  "the edge '"
                      + edge.text("id", "")
                      + "' names the node '"
                      + id
                      + "', which is not in the file",
                  place)
              .suggest(Suggestion.nearest(id, nodes.keySet())));
    }
    return node;
  }

  private Node toNode(RawNode raw) {
    var errors = new ErrorSettings(raw, problems);
    return new Node(
        raw.id(),
        raw.type(),
        raw.title(),
        DifyNodeTypes.kind(raw.type()),
        raw.parent(),
        errors.onError(),
        errors.retry(),
        raw.data());
  }
}
