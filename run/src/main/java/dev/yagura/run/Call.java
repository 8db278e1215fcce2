package dev.yagura.run;

import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.Node;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.RunState;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import org.jspecify.annotations.Nullable;

/** An ordered node with the state as it was when the order was given. */
record Call(
    RunId run,
    WorkflowVersion workflow,
    RunState state,
    RunEvent.NodeScheduled order,
    Node node,
    RunListener listener)
    implements NodeCall {

  static Call of(
      RunId run,
      WorkflowVersion workflow,
      RunState state,
      RunEvent.NodeScheduled order,
      RunListener listener) {
    Node node = workflow.graph().node(order.at().node());
    if (node == null) {
      throw new IllegalStateException("no node " + order.at() + " in " + workflow);
    }
    return new Call(run, workflow, state, order, node, listener);
  }

  @Override
  public Address at() {
    return order.at();
  }

  @Override
  public RunInput input() {
    return state.input();
  }

  @Override
  public @Nullable Value find(Selector selector) {
    if (selector.node().equals("env") && selector.path().size() == 2) {
      Value secret = workflow.secrets().get(selector.name());
      if (secret != null) {
        return secret;
      }
    }
    return state.find(order.at().frame(), selector);
  }

  @Override
  public void emit(String variable, String piece) {
    listener.piece(run, order.at(), variable, piece);
  }

  @Override
  public String idempotencyKey() {
    return run + "/" + order.at().frame() + "/" + order.at().node() + "/" + order.attempt();
  }
}
