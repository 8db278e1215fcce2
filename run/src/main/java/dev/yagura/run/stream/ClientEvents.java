package dev.yagura.run.stream;

import dev.yagura.base.Failure;
import dev.yagura.graph.Address;
import dev.yagura.graph.Graph;
import dev.yagura.graph.Node;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a run's events, in their order, into the events of Dify's stream (dify-contract §4.4): one
 * instance per stream. Containers send {@code iteration_*} and {@code loop_*} instead of {@code
 * node_*}, nodes inside name their container.
 */
public final class ClientEvents {
  private final Graph graph;

  /** Containers at work, with their number of items or rounds; bounded by the engine. */
  private final Map<Address, Integer> open = new HashMap<>();

  public ClientEvents(Graph graph) {
    this.graph = graph;
  }

  /** The client's events; none where clients see nothing. */
  public List<ClientEvent> of(RunEvent event) {
    if (event instanceof RunEvent.NodeSucceeded done && neverOpened(done.at())) {
      return withoutRounds(done);
    }
    ClientEvent one = translate(event);
    return one == null ? List.of() : List.of(one);
  }

  private boolean neverOpened(Address at) {
    return node(at).kind() == Node.Kind.CONTAINER && !isQuestion(at) && !open.containsKey(at);
  }

  /**
   * An iteration over nothing sends no events (dify-contract §2.15); a loop that breaks before its
   * first round starts and completes (§2.16).
   */
  private List<ClientEvent> withoutRounds(RunEvent.NodeSucceeded done) {
    if (!node(done.at()).type().equals("loop")) {
      return List.of();
    }
    return List.of(started(done.at(), 0), succeeded(done));
  }

  private @Nullable ClientEvent translate(RunEvent event) {
    return switch (event) {
      case RunEvent.RunStarted started ->
          new ClientEvent("workflow_started", Value.object("inputs", started.input().inputs()));
      case RunEvent.NodeScheduled(Address at, int attempt) -> scheduled(at, attempt);
      case RunEvent.ContainerOpened(Address at, Outcome opening) -> opened(at, opening);
      case RunEvent.FrameOpened(String frame, Address at, int round) -> round(at, round);
      case RunEvent.NodeSucceeded done -> succeeded(done);
      case RunEvent.NodeFailed failed -> failed(failed);
      case RunEvent.RunFinished end ->
          new ClientEvent(
              "workflow_finished",
              Value.object(
                  "status",
                  end.status().text(),
                  "outputs",
                  end.outputs(),
                  "error",
                  message(end.failure())));
      default -> null;
    };
  }

  private static Value message(@Nullable Failure failure) {
    return failure == null ? Value.NULL : Value.text(failure.message());
  }

  private Node node(Address at) {
    Node node = graph.node(at.node());
    if (node == null) {
      throw new IllegalStateException("no node " + at + " in this workflow");
    }
    return node;
  }

  private boolean isQuestion(Address at) {
    return at.frame().contains("/" + at.node() + "#");
  }

  private Value.Obj about(Address at) {
    Node node = node(at);
    Value.Obj data =
        Value.object("node_id", node.id(), "node_type", node.type(), "title", node.title());
    Node parent = node.parent() == null ? null : graph.node(node.parent());
    if (parent == null) {
      return data;
    }
    String index = at.frame().substring(at.frame().lastIndexOf('#') + 1);
    return data.with(parent.type() + "_id", Value.text(parent.id()))
        .with(parent.type() + "_index", Value.integer(Long.parseLong(index)));
  }

  private @Nullable ClientEvent scheduled(Address at, int attempt) {
    boolean container = node(at).kind() == Node.Kind.CONTAINER;
    return container || attempt > 1 ? null : new ClientEvent("node_started", about(at));
  }

  private ClientEvent opened(Address at, Outcome opening) {
    int length =
        switch (opening) {
          case Outcome.Iterate iterate -> iterate.items().size();
          case Outcome.Loop loop -> loop.count();
          default -> 0;
        };
    open.put(at, length);
    return started(at, length);
  }

  private ClientEvent started(Address at, int length) {
    String type = node(at).type();
    return new ClientEvent(
        type + "_started", about(at).with("metadata", Value.object(type + "_length", length)));
  }

  private @Nullable ClientEvent round(Address at, int round) {
    boolean loop = node(at).type().equals("loop");
    return loop && round == 0
        ? null
        : new ClientEvent(node(at).type() + "_next", about(at).with("index", Value.integer(round)));
  }

  private @Nullable ClientEvent succeeded(RunEvent.NodeSucceeded done) {
    return isQuestion(done.at())
        ? null
        : finished(
            done.at(),
            "succeeded",
            Value.NULL,
            about(done.at()).with(done.trace()).with("outputs", done.outputs()));
  }

  /** The error of an iteration is on the run's end only (dify-contract §2.15). */
  private ClientEvent finished(Address at, String status, Value error, Value.Obj about) {
    Node node = node(at);
    boolean container = node.kind() == Node.Kind.CONTAINER;
    Value.Obj data =
        about
            .with("status", Value.text(status))
            .with("error", node.type().equals("iteration") ? Value.NULL : error);
    Integer steps = open.remove(at);
    return container
        ? new ClientEvent(
            node.type() + "_completed",
            data.with("steps", Value.integer(steps == null ? 0 : steps)))
        : new ClientEvent("node_finished", data);
  }

  private @Nullable ClientEvent failed(RunEvent.NodeFailed failed) {
    if (isQuestion(failed.at())) {
      return null;
    }
    Value error = Value.text(failed.failure().message());
    Value.Obj data = about(failed.at());
    if (failed.handling() == RunEvent.Handling.RETRY) {
      return new ClientEvent(
          "node_retry",
          data.with("error", error)
              .with("status", Value.text("retry"))
              .with("retry_index", Value.integer(failed.attempt())));
    }
    String status = failed.handling() == RunEvent.Handling.ABORT ? "failed" : "exception";
    return finished(failed.at(), status, error, data);
  }
}
