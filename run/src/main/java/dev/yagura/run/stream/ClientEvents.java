package dev.yagura.run.stream;

import dev.yagura.base.Failure;
import dev.yagura.graph.Address;
import dev.yagura.graph.Graph;
import dev.yagura.graph.Node;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.value.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a run's events into the events of Dify's stream (dify-contract §4.4). Pure; containers send
 * {@code iteration_*} and {@code loop_*} instead of {@code node_*}, nodes inside name their
 * container.
 */
public final class ClientEvents {
  private final Graph graph;

  public ClientEvents(Graph graph) {
    this.graph = graph;
  }

  /** The client's event, or empty where clients see nothing. */
  public Optional<ClientEvent> of(RunEvent event) {
    return Optional.ofNullable(translate(event));
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
    Value.Obj metadata =
        switch (opening) {
          case Outcome.Iterate iterate -> Value.object("iteration_length", iterate.items().size());
          case Outcome.Loop loop -> Value.object("loop_length", loop.count());
          default -> Value.EMPTY;
        };
    return new ClientEvent(node(at).type() + "_started", about(at).with("metadata", metadata));
  }

  private @Nullable ClientEvent round(Address at, int round) {
    boolean loop = node(at).type().equals("loop");
    return loop && round == 0
        ? null
        : new ClientEvent(node(at).type() + "_next", about(at).with("index", Value.integer(round)));
  }

  private @Nullable ClientEvent succeeded(RunEvent.NodeSucceeded done) {
    if (isQuestion(done.at())) {
      return null;
    }
    Node node = node(done.at());
    boolean container = node.kind() == Node.Kind.CONTAINER;
    Value.Obj data =
        about(done.at())
            .with("status", Value.text("succeeded"))
            .with("error", Value.NULL)
            .with("outputs", done.outputs());
    return new ClientEvent(container ? node.type() + "_completed" : "node_finished", data);
  }

  private @Nullable ClientEvent failed(RunEvent.NodeFailed failed) {
    if (isQuestion(failed.at())) {
      return null;
    }
    Node node = node(failed.at());
    Value.Obj data = about(failed.at()).with("error", Value.text(failed.failure().message()));
    if (failed.handling() == RunEvent.Handling.RETRY) {
      return new ClientEvent(
          "node_retry",
          data.with("status", Value.text("retry"))
              .with("retry_index", Value.integer(failed.attempt())));
    }
    String status = failed.handling() == RunEvent.Handling.ABORT ? "failed" : "exception";
    return new ClientEvent(
        node.kind() == Node.Kind.CONTAINER ? node.type() + "_completed" : "node_finished",
        data.with("status", Value.text(status)));
  }
}
