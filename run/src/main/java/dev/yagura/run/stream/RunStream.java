package dev.yagura.run.stream;

import dev.yagura.graph.Address;
import dev.yagura.graph.Graph;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunState;
import java.util.ArrayList;
import java.util.List;

/** All that a client sees of one run: its events and, in between, the texts of its outputs. */
public final class RunStream {
  private final ClientEvents events;
  private final AnswerStream answers;
  private RunState state;

  public RunStream(Graph graph) {
    this.events = new ClientEvents(graph);
    this.answers = new AnswerStream(graph);
    this.state = RunState.of(graph);
  }

  /** What follows from an event. Texts of a node come before the news that it is done. */
  public synchronized List<ClientEvent> of(RunEvent event) {
    state = state.evolve(event);
    List<ClientEvent> all = new ArrayList<>();
    List<ClientEvent> news = events.of(event);
    if (event instanceof RunEvent.NodeSucceeded) {
      all.addAll(answers.after(event, state));
      all.addAll(news);
    } else {
      all.addAll(news);
      if (!(event instanceof RunEvent.RunFinished)) {
        all.addAll(answers.after(event, state));
      }
    }
    return all;
  }

  /** The run after the events so far. */
  public synchronized RunState state() {
    return state;
  }

  /** What follows from a piece of a variable. Only nodes of the outermost frame are heard. */
  public synchronized List<ClientEvent> piece(Address at, String variable, String piece) {
    return at.frame().equals(Address.ROOT)
        ? answers.piece(at.node(), variable, piece, state)
        : List.of();
  }
}
