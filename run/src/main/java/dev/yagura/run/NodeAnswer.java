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

  /** Exactly one signal, so that no run waits for a node that is gone. */
  @Boundary("what a node did not catch, errors of the machine included, becomes its failure")
  static Signal of(NodeRunner runner, Call call) {
    Masking masking = new Masking(call.workflow().secrets());
    try {
      Outcome outcome = Storable.checked(runner.run(call));
      return answer(call.order(), masking.masked(outcome));
    } catch (FlowException named) {
      return failed(call, masking.masked(named.failure()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return failed(call, Failure.internal("Interrupted", "the node was interrupted"));
    } catch (Throwable uncaught) {
      String message = uncaught.getClass().getSimpleName() + ": " + uncaught.getMessage();
      return failed(call, masking.masked(Failure.internal("WorkflowNodeError", message)));
    }
  }

  private static Signal answer(RunEvent.NodeScheduled order, Outcome outcome) {
    return outcome instanceof Outcome.Suspend(String reason)
        ? new Signal.Suspended(order.at(), order.attempt(), reason)
        : new Signal.Succeeded(order.at(), order.attempt(), outcome);
  }

  private static Signal failed(Call call, Failure failure) {
    return new Signal.Failed(call.order().at(), call.order().attempt(), failure);
  }
}
