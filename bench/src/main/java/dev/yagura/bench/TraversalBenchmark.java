package dev.yagura.bench;

import dev.yagura.graph.Edge;
import dev.yagura.graph.Graph;
import dev.yagura.graph.Node;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunState;
import dev.yagura.graph.Signal;
import dev.yagura.graph.Transitions.Phase;
import dev.yagura.graph.Traversal;
import dev.yagura.graph.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Node completions per second on one thread, nodes that do nothing: budget ≥ 200,000 (design §6).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TraversalBenchmark {
  private static final int CHAIN = 50;
  private static final int WIDE = 48;
  private static final Outcome DONE = Outcome.Done.of(Value.object("out", "x"));

  private final Graph chain = chain();
  private final Graph wide = wide();

  private static Graph chain() {
    List<Node> nodes = new ArrayList<>(List.of(Node.of("n0", "start", Node.Kind.START)));
    List<Edge> edges = new ArrayList<>();
    for (int i = 1; i < CHAIN; i++) {
      nodes.add(Node.of("n" + i, "x", Node.Kind.PLAIN));
      edges.add(Edge.of("n" + (i - 1), "n" + i));
    }
    return new Graph(nodes, edges, Map.of("", "n0"));
  }

  private static Graph wide() {
    List<Node> nodes = new ArrayList<>(List.of(Node.of("start", "start", Node.Kind.START)));
    List<Edge> edges = new ArrayList<>();
    nodes.add(Node.of("join", "x", Node.Kind.PLAIN));
    for (int i = 0; i < WIDE; i++) {
      nodes.add(Node.of("n" + i, "x", Node.Kind.PLAIN));
      edges.add(Edge.of("start", "n" + i));
      edges.add(Edge.of("n" + i, "join"));
    }
    return new Graph(nodes, edges, Map.of("", "start"));
  }

  /** Fifty nodes one after the other. */
  @Benchmark
  @OperationsPerInvocation(CHAIN)
  public RunState chainOfFifty() {
    return play(chain);
  }

  /** Forty-eight branches between a start and a join. */
  @Benchmark
  @OperationsPerInvocation(WIDE + 2)
  public RunState fortyEightBranches() {
    return play(wide);
  }

  private static RunState play(Graph graph) {
    Deque<RunEvent.NodeScheduled> orders = new ArrayDeque<>();
    RunState state = RunState.of(graph);
    Signal signal = new Signal.Start(RunInput.of(Value.EMPTY));
    while (true) {
      Traversal.Step step = Traversal.step(state, signal);
      state = step.next();
      for (RunEvent event : step.events()) {
        if (event instanceof RunEvent.NodeScheduled order) {
          orders.add(order);
        }
      }
      if (state.phase() == Phase.ENDED) {
        return state;
      }
      RunEvent.NodeScheduled order = orders.remove();
      signal = new Signal.Succeeded(order.at(), order.attempt(), DONE);
    }
  }
}
