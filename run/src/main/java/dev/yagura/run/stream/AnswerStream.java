package dev.yagura.run.stream;

import dev.yagura.graph.Address;
import dev.yagura.graph.Edge;
import dev.yagura.graph.Graph;
import dev.yagura.graph.Node;
import dev.yagura.graph.NodeState;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunState;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.graph.value.ValueText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the outputs of a workflow into the stream in the order in which the file names them, as soon
 * as it is certain that they will be reached (dify-contract §3.3). Pure: the same events and pieces
 * in the same order give the same texts.
 */
final class AnswerStream {
  private static final Set<String> ALWAYS_THERE = Set.of("sys", "env", "conversation");

  private final Graph graph;
  private final Set<String> activated = new HashSet<>();
  private final Deque<Session> sessions = new ArrayDeque<>();
  private final Map<String, Pieces> pieces = new HashMap<>();
  private final Set<Integer> taken = new HashSet<>();
  private final List<Edge> edges;
  private boolean begun;

  /** What a node has said of a variable so far. */
  private static final class Pieces {
    private final StringBuilder waiting = new StringBuilder();
    private boolean ended;
  }

  /** An end node that is certain to be reached, and what of it is still to be sent. */
  private record Session(String node, Deque<Segment> left) {}

  /** A variable, or a text where the selector is null. */
  private record Segment(@Nullable Selector selector, String text) {}

  AnswerStream(Graph graph) {
    this.graph = graph;
    this.edges = rootEdges();
  }

  /** What can be sent after an event; the state is that after it. */
  List<ClientEvent> after(RunEvent event, RunState state) {
    if (event instanceof RunEvent.EdgeTaken(String frame, int edge) && frame.equals(Address.ROOT)) {
      taken.add(edge);
      activate();
    } else if (!begun) {
      activate();
    }
    begun = true;
    return advance(state);
  }

  /** What can be sent after a piece of a variable of a node in the outermost frame. */
  List<ClientEvent> piece(String node, String variable, String piece, RunState state) {
    Pieces all = pieces.computeIfAbsent(node + "." + variable, name -> new Pieces());
    all.waiting.append(piece);
    all.ended |= piece.isEmpty();
    return advance(state);
  }

  private void activate() {
    Set<String> certain = certain();
    for (Node node : graph.nodes()) {
      if (node.type().equals("end")
          && node.parent() == null
          && certain.contains(node.id())
          && activated.add(node.id())) {
        sessions.add(new Session(node.id(), segments(node)));
      }
    }
  }

  /**
   * Nodes that are reached from a start over edges that are taken or cannot be refused any more:
   * those that leave neither a branch nor a container nor an end.
   */
  private Set<String> certain() {
    Map<String, List<Integer>> leaving = new LinkedHashMap<>();
    Set<String> entered = new HashSet<>();
    for (int i = 0; i < edges.size(); i++) {
      leaving.computeIfAbsent(edges.get(i).source(), node -> new ArrayList<>()).add(i);
      entered.add(edges.get(i).target());
    }
    Deque<String> open = new ArrayDeque<>();
    graph.nodes().stream()
        .filter(node -> node.parent() == null && !entered.contains(node.id()))
        .filter(node -> node.kind() == Node.Kind.START)
        .forEach(node -> open.add(node.id()));
    Set<String> certain = new HashSet<>(open);
    while (!open.isEmpty()) {
      for (int edge : leaving.getOrDefault(open.poll(), List.of())) {
        Node source = graph.node(edges.get(edge).source());
        String target = edges.get(edge).target();
        if ((taken.contains(edge) || !canRefuse(source)) && certain.add(target)) {
          open.add(target);
        }
      }
    }
    return certain;
  }

  /** The edges of the outermost scope, numbered as events number them. */
  private List<Edge> rootEdges() {
    return graph.edges().stream()
        .filter(edge -> isRoot(edge.source()) && isRoot(edge.target()))
        .toList();
  }

  private boolean isRoot(String id) {
    Node node = graph.node(id);
    return node != null && node.parent() == null;
  }

  private static boolean canRefuse(@Nullable Node source) {
    return source == null
        || source.isBranch()
        || source.kind() == Node.Kind.CONTAINER
        || source.kind() == Node.Kind.END;
  }

  private static Deque<Segment> segments(Node end) {
    Deque<Segment> segments = new ArrayDeque<>();
    if (end.config().get("outputs") instanceof Value.Array(List<Value> outputs)) {
      for (Value output : outputs) {
        if (output instanceof Value.Obj one
            && one.get("value_selector") instanceof Value.Array(List<Value> path)) {
          if (!segments.isEmpty()) {
            segments.add(new Segment(null, "\n"));
          }
          segments.add(new Segment(new Selector(path.stream().map(Py::str).toList()), ""));
        }
      }
    }
    return segments;
  }

  private List<ClientEvent> advance(RunState state) {
    List<ClientEvent> events = new ArrayList<>();
    while (!sessions.isEmpty()) {
      Session session = sessions.element();
      while (!session.left().isEmpty() && sent(session, session.left().element(), state, events)) {
        session.left().remove();
      }
      if (!session.left().isEmpty()) {
        return events;
      }
      sessions.remove();
    }
    return events;
  }

  /** Sends what is there of a segment; true when nothing more will come of it. */
  private boolean sent(Session session, Segment segment, RunState state, List<ClientEvent> events) {
    Selector selector = segment.selector();
    if (selector == null) {
      events.add(chunk(segment.text(), List.of(session.node(), "answer")));
      return true;
    }
    Pieces said = pieces.get(selector.dotted());
    if (said != null && (said.ended || !said.waiting.isEmpty())) {
      if (!said.waiting.isEmpty()) {
        events.add(chunk(said.waiting.toString(), selector.path()));
        said.waiting.setLength(0);
      }
      return said.ended || isOver(selector, state);
    }
    if (ALWAYS_THERE.contains(selector.node()) || isOver(selector, state)) {
      Value value = state.find(Address.ROOT, selector);
      String text = value == null ? "" : ValueText.markdown(value);
      if (!text.isEmpty()) {
        events.add(chunk(text, selector.path()));
      }
      return true;
    }
    return false;
  }

  private static boolean isOver(Selector selector, RunState state) {
    if (state.graph().node(selector.node()) == null) {
      return true;
    }
    NodeState node = state.nodeState(Address.root(selector.node()));
    return node != NodeState.IDLE && !node.isActive();
  }

  private static ClientEvent chunk(String text, List<String> selector) {
    return new ClientEvent(
        "text_chunk", Value.object("text", text, "from_variable_selector", selector));
  }
}
