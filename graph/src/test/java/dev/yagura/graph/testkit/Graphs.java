package dev.yagura.graph.testkit;

import dev.yagura.graph.Edge;
import dev.yagura.graph.Graph;
import dev.yagura.graph.Node;
import dev.yagura.graph.Node.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Builds graphs for tests. The first node is the start unless it is in a container. */
public final class Graphs {
  private final List<Node> nodes = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Map<String, String> starts = new LinkedHashMap<>();

  public static Graphs graph() {
    return new Graphs().node("start", Kind.START);
  }

  public Graphs node(String id, Kind kind) {
    return node(Node.of(id, kind.name().toLowerCase(Locale.ROOT), kind));
  }

  public Graphs node(Node node) {
    nodes.add(node);
    starts.putIfAbsent(node.parent() == null ? "" : node.parent(), node.id());
    return this;
  }

  public Graphs plain(String... ids) {
    for (String id : ids) {
      node(id, Kind.PLAIN);
    }
    return this;
  }

  /** A container with a first node {@code <id>start}. */
  public Graphs container(String id) {
    return node(id, Kind.CONTAINER).node(Node.of(id + "start", "start", Kind.START).inside(id));
  }

  public Graphs inside(String container, String id, Kind kind) {
    return node(Node.of(id, "plain", kind).inside(container));
  }

  /** Edges along a chain: {@code a>b>c}; a handle stands after a dot: {@code if.true>b}. */
  public Graphs chain(String path) {
    String[] steps = path.split(">");
    for (int i = 0; i + 1 < steps.length; i++) {
      String[] from = steps[i].split("\\.");
      String target = steps[i + 1].split("\\.")[0];
      edges.add(new Edge(from[0], from.length > 1 ? from[1] : "source", target));
    }
    return this;
  }

  public Graph build() {
    return new Graph(nodes, edges, starts);
  }

  /**
   * A random acyclic graph of plain and branch nodes; branches have the handles {@code a} and
   * {@code b}.
   */
  public static Graph random(Random random, int size) {
    Graphs graph = graph();
    List<String> earlier = new ArrayList<>(List.of("start"));
    for (int i = 0; i < size; i++) {
      boolean branch = random.nextInt(4) == 0;
      String id = (branch ? "branch" : "node") + i;
      graph.node(id, branch ? Kind.BRANCH : Kind.PLAIN);
      int fanIn = 1 + random.nextInt(3);
      for (int j = 0; j < fanIn; j++) {
        String source = earlier.get(random.nextInt(earlier.size()));
        String handle = source.startsWith("branch") ? (random.nextBoolean() ? ".a" : ".b") : "";
        graph.chain(source + handle + ">" + id);
      }
      earlier.add(id);
    }
    return graph.build();
  }
}
