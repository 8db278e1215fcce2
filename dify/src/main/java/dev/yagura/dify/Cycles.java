package dev.yagura.dify;

import dev.yagura.base.Problem;
import dev.yagura.graph.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds edges that lead in a circle: their nodes would never become ready. */
final class Cycles {
  private final Map<String, RawNode> nodes;
  private final Map<String, List<String>> targets = new HashMap<>();
  private final Map<String, Integer> undecided = new HashMap<>();
  private final List<Problem> problems;

  Cycles(Map<String, RawNode> nodes, List<Edge> edges, List<Problem> problems) {
    this.nodes = nodes;
    this.problems = problems;
    for (Edge edge : edges) {
      targets.computeIfAbsent(edge.source(), id -> new ArrayList<>()).add(edge.target());
      undecided.merge(edge.target(), 1, Integer::sum);
    }
  }

  /** Adds one problem that shows a cycle, if there is one. */
  void report() {
    Deque<String> ready = new ArrayDeque<>();
    nodes.keySet().stream().filter(id -> !undecided.containsKey(id)).forEach(ready::add);
    Set<String> left = new HashSet<>(nodes.keySet());
    while (!ready.isEmpty()) {
      String id = ready.remove();
      left.remove(id);
      for (String target : targets.getOrDefault(id, List.of())) {
        if (undecided.merge(target, -1, Integer::sum) == 0) {
          ready.add(target);
        }
      }
    }
    nodes.keySet().stream()
        .filter(left::contains)
        .findFirst()
        .ifPresent(start -> problems.add(problem(circle(start, left))));
  }

  private List<String> circle(String start, Set<String> left) {
    List<String> path = new ArrayList<>();
    String at = start;
    // Every node that is left has an edge from another one that is left: going backwards must come
    // round.
    while (!path.contains(at)) {
      path.add(at);
      at = sourceOf(at, left);
    }
    return path.subList(path.indexOf(at), path.size()).reversed();
  }

  private String sourceOf(String target, Set<String> left) {
    return left.stream()
        .sorted()
        .filter(id -> targets.getOrDefault(id, List.of()).contains(target))
        .findFirst()
        .orElse(target);
  }

  private Problem problem(List<String> circle) {
    List<String> labels = new ArrayList<>();
    for (String id : circle) {
      RawNode node = nodes.get(id);
      labels.add(node == null ? id : node.label());
    }
    RawNode first = nodes.get(circle.getFirst());
    return Problem.error(
        "cycle",
        "the edges "
            + String.join(" → ", labels)
            + " → "
            + labels.getFirst()
            + " lead in a circle, so these nodes never run (expected: no way back; use a loop"
            + " node)",
        first == null ? Problem.Place.NOWHERE : first.place());
  }
}
