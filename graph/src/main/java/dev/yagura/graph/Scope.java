package dev.yagura.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes that run together, by number, so that the state of a run is a few small arrays. One
 * number more than there are nodes stands for the container itself, asked whether another round
 * follows.
 */
final class Scope {
  final String container;
  final Node[] nodes;
  final int start;
  final String[] handles;
  final int[] sources;
  final int[] targets;
  final int[][] outgoing;
  final int[][] incoming;
  private final Map<String, Integer> index = new HashMap<>();

  Scope(String container, List<Node> inside, List<Edge> all, String first) {
    this.container = container;
    this.nodes = inside.toArray(Node[]::new);
    for (int i = 0; i < nodes.length; i++) {
      index.put(nodes[i].id(), i);
    }
    index.put(container, nodes.length);
    List<Edge> edges = all.stream().filter(this::holds).toList();
    this.start = indexOf(first);
    this.handles = edges.stream().map(Edge::handle).toArray(String[]::new);
    this.sources = edges.stream().mapToInt(edge -> indexOf(edge.source())).toArray();
    this.targets = edges.stream().mapToInt(edge -> indexOf(edge.target())).toArray();
    this.outgoing = group(sources);
    this.incoming = group(targets);
  }

  private boolean holds(Edge edge) {
    boolean source = isNode(edge.source());
    boolean target = isNode(edge.target());
    if (source != target) {
      throw new IllegalArgumentException(
          "edge from " + edge.source() + " to " + edge.target() + " leaves its container");
    }
    return source;
  }

  private boolean isNode(String id) {
    Integer position = index.get(id);
    return position != null && position < nodes.length;
  }

  private int[][] group(int[] ends) {
    List<List<Integer>> lists = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      lists.add(new ArrayList<>());
    }
    for (int edge = 0; edge < ends.length; edge++) {
      lists.get(ends[edge]).add(edge);
    }
    return lists.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** The number of the node, or -1. */
  int find(String id) {
    Integer position = index.get(id);
    return position == null ? -1 : position;
  }

  private int indexOf(String id) {
    int position = find(id);
    if (position < 0) {
      throw new IllegalArgumentException("no node " + id + " in this scope");
    }
    return position;
  }
}
