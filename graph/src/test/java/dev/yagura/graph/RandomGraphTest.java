package dev.yagura.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.graph.testkit.Graphs;
import dev.yagura.graph.testkit.Play;
import dev.yagura.graph.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random graphs reach one state in every order of completion, and order nothing twice.
 */
class RandomGraphTest {
  private static final int GRAPHS = 2_000;
  private static final int ORDERS = 5;

  @Test
  void the_order_of_completion_does_not_change_what_runs_and_what_is_skipped() {
    for (int seed = 0; seed < GRAPHS; seed++) {
      Graph graph = Graphs.random(new Random(seed), 3 + seed % 25);
      Set<Set<String>> results = new HashSet<>();
      for (int order = 0; order < ORDERS; order++) {
        Play play = play(graph, seed).shuffled(new Random(order));
        assertThat(play.state().status()).isEqualTo(RunStatus.SUCCEEDED);
        Set<String> result = new HashSet<>(play.succeeded());
        play.skipped().forEach(node -> result.add("skipped " + node));
        assertThat(result).as("every node is decided").hasSize(graph.nodes().size());
        results.add(result);
        assertThat(replay(graph, play.events())).isEqualTo(result);
      }
      assertThat(results).as("graph %d", seed).hasSize(1);
    }
  }

  /** What a fresh fold of the journal says about every node. */
  private static Set<String> replay(Graph graph, List<RunEvent> events) {
    RunState state = RunState.of(graph).evolve(events);
    Set<String> result = new HashSet<>();
    for (Node node : graph.nodes()) {
      NodeState at = state.nodeState(Address.root(node.id()));
      result.add((at == NodeState.SKIPPED ? "skipped " : "") + node.id());
    }
    return result;
  }

  private static Play play(Graph graph, int seed) {
    Play play = Play.of(graph);
    for (Node node : graph.nodes()) {
      if (node.isBranch()) {
        String handle = (node.id().hashCode() + seed) % 2 == 0 ? "a" : "b";
        play.outcome(node.id(), Outcome.Done.branch(handle, Value.EMPTY));
      }
    }
    return play;
  }

  @Test
  void the_step_and_the_fold_agree() {
    Graph graph = Graphs.random(new Random(7), 20);
    Play play = play(graph, 7).shuffled(new Random(7));
    RunState folded = RunState.of(graph);
    for (RunEvent event : play.events()) {
      folded = folded.evolve(event);
    }
    assertThat(folded.status()).isEqualTo(play.state().status());
    assertThat(folded.steps()).isEqualTo(play.state().steps());
  }

  @Test
  void an_old_state_is_not_changed_by_what_follows() {
    Graph graph = Graphs.graph().plain("a").chain("start>a").build();
    RunState started =
        Traversal.step(RunState.of(graph), new Signal.Start(RunInput.of(Value.EMPTY))).next();
    RunState after =
        Traversal.step(
                started, new Signal.Succeeded(Play.at("start"), 1, Outcome.Done.of(Value.EMPTY)))
            .next();
    assertThat(started.nodeState(Play.at("a"))).isEqualTo(NodeState.IDLE);
    assertThat(after.nodeState(Play.at("a"))).isEqualTo(NodeState.RUNNING);
  }
}
