package dev.yagura.graph;

import dev.yagura.graph.value.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one scope: the run itself or one round of a container. Changed only by the {@link
 * RunState} that owns it; another state that shares it takes a copy first.
 */
final class Frame {
  static final byte UNKNOWN = 0;
  static final byte TAKEN = 1;
  static final byte SKIPPED = 2;

  final Object owner;
  final String id;
  final @Nullable Address container;
  final int round;
  final Scope scope;
  final NodeState[] nodes;
  final int[] attempts;
  final byte[] edges;
  final Value.@Nullable Obj[] outputs;
  final Map<String, Value.Obj> variables;
  final Map<Integer, Rounds> rounds;
  int active;
  boolean stop;

  Frame(Object owner, String id, @Nullable Address container, int round, Scope scope) {
    this.owner = owner;
    this.id = id;
    this.container = container;
    this.round = round;
    this.scope = scope;
    this.nodes = new NodeState[scope.nodes.length + 1];
    Arrays.fill(nodes, NodeState.IDLE);
    this.attempts = new int[scope.nodes.length + 1];
    this.edges = new byte[scope.handles.length];
    this.outputs = new Value.@Nullable Obj[scope.nodes.length];
    this.variables = new LinkedHashMap<>();
    this.rounds = new HashMap<>();
  }

  Frame(Object owner, Frame other) {
    this.owner = owner;
    this.id = other.id;
    this.container = other.container;
    this.round = other.round;
    this.scope = other.scope;
    this.nodes = other.nodes.clone();
    this.attempts = other.attempts.clone();
    this.edges = other.edges.clone();
    this.outputs = Arrays.copyOf(other.outputs, other.outputs.length);
    this.variables = new LinkedHashMap<>(other.variables);
    this.rounds = new HashMap<>(other.rounds);
    this.active = other.active;
    this.stop = other.stop;
  }

  NodeState state(int node) {
    return nodes[node];
  }

  /** Whether the node at this position is the container itself, asked about the round. */
  boolean isQuestion(int node) {
    return node == scope.nodes.length;
  }

  @Nullable Value variable(String node, String name) {
    Value.Obj own = variables.get(node);
    Value value = own == null ? null : own.get(name);
    if (value != null) {
      return value;
    }
    int index = scope.find(node);
    if (index < 0 || isQuestion(index)) {
      return null;
    }
    Value.Obj output = outputs[index];
    return output == null ? null : output.get(name);
  }

  /** Whether every incoming edge is decided; -1 not yet, 0 all skipped, 1 at least one taken. */
  int readiness(int node) {
    int ready = 0;
    for (int edge : scope.incoming[node]) {
      if (edges[edge] == UNKNOWN) {
        return -1;
      }
      if (edges[edge] == TAKEN) {
        ready = 1;
      }
    }
    return ready;
  }

  void set(String node, String name, Value value) {
    variables.merge(node, new Value.Obj(Map.of(name, value)), Value.Obj::with);
  }
}
