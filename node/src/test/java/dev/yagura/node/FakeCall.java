package dev.yagura.node;

import dev.yagura.graph.Address;
import dev.yagura.graph.Node;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.RunInput;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.config.Settings;
import java.util.List;

/** A call with the variables that a test sets: {@code n.x} is the variable x of the node n. */
record FakeCall(Node node, Value.Obj variables, RunInput input) implements NodeCall {
  static FakeCall with(Object... namesAndValues) {
    return new FakeCall(
        Node.of("node", "test", Node.Kind.PLAIN),
        Value.object(namesAndValues),
        RunInput.of(Value.EMPTY));
  }

  @Override
  public Address at() {
    return Address.root(node.id());
  }

  @Override
  public Value find(Selector selector) {
    if (!selector.isUsable()) {
      return null;
    }
    Value at = variables.get(selector.node() + "." + selector.name());
    List<String> path = selector.path();
    for (int i = 2; i < path.size() && at != null; i++) {
      at = at instanceof Value.Obj object ? object.get(path.get(i)) : null;
    }
    return at;
  }

  @Override
  public String idempotencyKey() {
    return "run//node/1";
  }

  <C extends Record> Outcome.Done run(NodeType<C> type, Value.Obj config) {
    try {
      return (Outcome.Done) type.run(Settings.bind(type.config(), config), this);
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
