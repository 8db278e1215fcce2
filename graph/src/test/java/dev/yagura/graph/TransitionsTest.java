package dev.yagura.graph;

import static dev.yagura.graph.testkit.Graphs.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.base.Failure;
import dev.yagura.graph.Node.Kind;
import dev.yagura.graph.Transitions.Phase;
import dev.yagura.graph.Transitions.Rule;
import dev.yagura.graph.testkit.Play;
import dev.yagura.graph.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Every cell of the tables of {@link Transitions} is visited and does what the table says. */
class TransitionsTest {
  private static final Outcome DONE = Outcome.Done.of(Value.EMPTY);

  @Test
  void every_pair_of_phase_and_signal_does_what_the_table_says() {
    Set<String> visited = new HashSet<>();
    for (Phase phase : Phase.values()) {
      for (Signal.Kind kind : Signal.Kind.values()) {
        visit(phase, kind);
        visited.add(phase + " " + kind);
      }
    }
    assertThat(visited).hasSize(Phase.values().length * Signal.Kind.values().length);
  }

  private static void visit(Phase phase, Signal.Kind kind) {
    Play play = inPhase(phase);
    assertThat(play.state().phase()).isEqualTo(phase);
    Signal signal = signal(kind, Play.at("node"), 1);
    switch (Transitions.of(phase, kind)) {
      case REFUSE ->
          assertThatThrownBy(() -> play.signal(signal)).isInstanceOf(IllegalStateException.class);
      case IGNORE -> assertThat(changed(play, signal)).as("%s %s", phase, kind).isFalse();
      case ACT -> assertThat(changed(play, signal)).as("%s %s", phase, kind).isTrue();
      case NODE -> {
        boolean acts = Transitions.of(play.state().nodeState(Play.at("node")), kind) == Rule.ACT;
        assertThat(changed(play, signal)).as("%s %s", phase, kind).isEqualTo(acts);
      }
    }
  }

  private static boolean changed(Play play, Signal signal) {
    int before = play.events().size();
    play.signal(signal);
    return play.events().size() > before;
  }

  private static Play inPhase(Phase phase) {
    Play play = Play.of(graph().plain("node", "after").chain("start>node>after").build());
    return switch (phase) {
      case NEW -> play;
      case RUNNING -> toNode(play);
      case PAUSED -> toNode(play).signal(new Signal.Suspended(Play.at("node"), 1, "form"));
      case ENDED -> toNode(play).signal(new Signal.Cancelled("enough"));
    };
  }

  private static Play toNode(Play play) {
    return play.start(RunInput.of(Value.EMPTY))
        .signal(new Signal.Succeeded(Play.at("start"), 1, DONE));
  }

  @Test
  void every_pair_of_node_state_and_signal_does_what_the_table_says() {
    List<Signal.Kind> kinds =
        List.of(
            Signal.Kind.SUCCEEDED,
            Signal.Kind.FAILED,
            Signal.Kind.SUSPENDED,
            Signal.Kind.RESUMED,
            Signal.Kind.RETRY_DUE);
    Map<NodeState, Supplier<Play>> ways = ways();
    assertThat(ways.keySet()).containsExactlyInAnyOrder(NodeState.values());
    ways.forEach(
        (state, way) -> {
          for (Signal.Kind kind : kinds) {
            Play play = way.get();
            assertThat(play.state().nodeState(Play.at("node"))).isEqualTo(state);
            int attempt = kind == Signal.Kind.RETRY_DUE ? 2 : 1;
            assertThat(changed(play, signal(kind, Play.at("node"), attempt)))
                .as("%s %s", state, kind)
                .isEqualTo(Transitions.of(state, kind) == Rule.ACT);
          }
        });
  }

  /** For each state of a node a way to get the node {@code node} there while the run goes on. */
  private static Map<NodeState, Supplier<Play>> ways() {
    var ways = new EnumMap<NodeState, Supplier<Play>>(NodeState.class);
    ways.put(NodeState.IDLE, () -> graphWith(plain()).start(RunInput.of(Value.EMPTY)));
    ways.put(NodeState.RUNNING, () -> toNode(graphWith(plain())));
    ways.put(
        NodeState.RETRYING, () -> failed(plain().retry(new Node.Retry(3, Duration.ofMillis(1)))));
    ways.put(
        NodeState.SUSPENDED,
        () -> toNode(graphWith(plain())).signal(new Signal.Suspended(Play.at("node"), 1, "")));
    ways.put(NodeState.OPEN, TransitionsTest::open);
    ways.put(
        NodeState.SUCCEEDED,
        () -> toNode(graphWith(plain())).signal(new Signal.Succeeded(Play.at("node"), 1, DONE)));
    ways.put(NodeState.EXCEPTION, () -> failed(plain().onError(new Node.OnError.FailBranch())));
    ways.put(NodeState.FAILED, () -> failed(plain()));
    ways.put(
        NodeState.SKIPPED,
        () -> toNode(Play.of(graph().plain("node", "other").chain("start>other").build())));
    return ways;
  }

  private static Node plain() {
    return Node.of("node", "tool", Kind.PLAIN);
  }

  private static Play graphWith(Node node) {
    return Play.of(
        graph()
            .node(node)
            .plain("after", "beside")
            .chain("start>node>after")
            .chain("start>beside")
            .build());
  }

  private static Play failed(Node node) {
    return toNode(graphWith(node))
        .signal(new Signal.Failed(Play.at("node"), 1, Failure.user("E", "no")));
  }

  private static Play open() {
    Graph graph = graph().container("node").plain("after").chain("start>node>after").build();
    return toNode(Play.of(graph))
        .signal(new Signal.Succeeded(Play.at("node"), 1, new Outcome.Loop(Value.EMPTY, 2, false)));
  }

  private static Signal signal(Signal.Kind kind, Address at, int attempt) {
    return switch (kind) {
      case START -> new Signal.Start(RunInput.of(Value.EMPTY));
      case SUCCEEDED -> new Signal.Succeeded(at, attempt, DONE);
      case FAILED -> new Signal.Failed(at, attempt, Failure.user("E", "no"));
      case SUSPENDED -> new Signal.Suspended(at, attempt, "form");
      case RESUMED -> new Signal.Resumed(at, DONE);
      case RETRY_DUE -> new Signal.TimerFired(new Timer.Retry(at, attempt), Duration.ZERO);
      case DEADLINE -> new Signal.TimerFired(new Timer.Deadline(0), Duration.ZERO);
      case CANCELLED -> new Signal.Cancelled("enough");
    };
  }

  @Test
  void the_documentation_shows_the_tables_as_they_are() throws Exception {
    Path page = Path.of("../docs/transitions.md");
    String wanted = TransitionsPage.text();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(page, wanted);
    }
    assertThat(Files.readString(page))
        .as("docs/transitions.md is generated: mvn -pl graph test -Ddocs.write=true")
        .isEqualTo(wanted);
  }

  @Test
  void a_cell_that_is_left_out_of_a_table_is_refused() {
    assertThat(Transitions.of(NodeState.IDLE, Signal.Kind.CANCELLED)).isEqualTo(Rule.REFUSE);
    assertThat(new ArrayList<>(List.of(Rule.values()))).hasSize(4);
  }
}
