package dev.yagura.run;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunEvent;
import dev.yagura.graph.Signal;

/** Runs a node and makes a signal of what it comes to, whatever it does. */
final class NodeAnswer {
  private NodeAnswer() {}

  @Boundary("what a node did not catch becomes its failure WorkflowNodeError")
  static Signal of(NodeRunner runner, Call call) throws InterruptedException {
    RunEvent.NodeScheduled order = call.order();
    try {
      Outcome outcome = runner.run(call);
      return outcome instanceof Outcome.Suspend(String reason)
          ? new Signal.Suspended(order.at(), order.attempt(), reason)
          : new Signal.Succeeded(order.at(), order.attempt(), outcome);
    } catch (FlowException named) {
      return new Signal.Failed(order.at(), order.attempt(), named.failure());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError uncaught) {
      return new Signal.Failed(
          order.at(),
          order.attempt(),
          Failure.internal(
              "WorkflowNodeError",
              uncaught.getClass().getSimpleName() + ": " + uncaught.getMessage()));
    }
  }
}
