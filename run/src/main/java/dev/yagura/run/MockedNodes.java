package dev.yagura.run;

import dev.yagura.base.Failure;
import dev.yagura.graph.Node;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives the outputs of some nodes instead of running them. An {@code error} makes the node fail; a
 * node that chooses a way takes the one that {@code handle}, {@code class_id} or {@code
 * selected_case_id} names.
 */
public final class MockedNodes implements NodeRunner {
  private final Map<String, Value.Obj> outputs;
  private final NodeRunner others;

  public MockedNodes(Map<String, Value.Obj> outputs, NodeRunner others) {
    this.outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    this.others = others;
  }

  @Override
  public Outcome run(NodeCall call) throws InterruptedException {
    Value.Obj given = outputs.get(call.node().id());
    if (given == null) {
      return others.run(call);
    }
    Value error = given.get("error");
    if (error != null && given.fields().size() == 1) {
      throw Failure.user("MockedError", Py.str(error)).asException();
    }
    if (call.node().kind() != Node.Kind.BRANCH) {
      return Outcome.Done.of(given);
    }
    String handle =
        given.text("handle", given.text("class_id", given.text("selected_case_id", "")));
    return Outcome.Done.branch(handle, given);
  }
}
