package dev.yagura.node.assign;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.graph.value.ValueType;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets conversation and loop variables, in the old form and the new one (dify-contract §2.14). */
public final class AssignerNode implements NodeType<AssignerNode.Config> {
  public record Config(
      @Setting(doc = "1 is the old form, 2 the new one.") String version,
      Selector assignedVariableSelector,
      String writeMode,
      Selector inputVariableSelector,
      @Setting(doc = "What is set, in order.") List<Item> items) {}

  public record Item(Selector variableSelector, String inputType, String operation, Value value) {}

  @Override
  public String type() {
    return "assigner";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Outcome run(Config config, NodeCall call) {
    var pool = new Pool(call);
    if (config.version().equals("2")) {
      config.items().forEach(item -> apply(item, pool));
    } else {
      applyOld(config, pool);
    }
    return Outcome.Done.of(Value.EMPTY).writes(pool.writes()).trace(pool.trace());
  }

  /** Variables with what earlier items have set. */
  private static final class Pool {
    private final NodeCall call;
    private final Map<Selector, Value> changed = new LinkedHashMap<>();

    private Pool(NodeCall call) {
      this.call = call;
    }

    private @Nullable Value find(Selector selector) {
      Value value = changed.get(selector);
      return value == null ? call.find(selector) : value;
    }

    private void set(Selector selector, Value value) {
      changed.put(selector, value);
    }

    private List<Outcome.Write> writes() {
      List<Outcome.Write> writes = new ArrayList<>();
      changed.forEach((selector, value) -> writes.add(new Outcome.Write(selector, value)));
      return writes;
    }

    private Value.Obj trace() {
      Value.Obj values = Value.EMPTY;
      List<Value> updated = new ArrayList<>();
      for (Map.Entry<Selector, Value> entry : changed.entrySet()) {
        values = values.with(entry.getKey().name(), entry.getValue());
        updated.add(
            Value.object(
                "name",
                entry.getKey().name(),
                "selector",
                entry.getKey().path(),
                "value_type",
                ValueType.of(entry.getValue()).text(),
                "new_value",
                entry.getValue()));
      }
      return Value.object(
          "process_data", values.with("__updated_variables", new Value.Array(updated)));
    }
  }

  private static void applyOld(Config config, Pool pool) {
    Selector target = config.assignedVariableSelector();
    Value current = pool.find(target);
    if (current == null) {
      throw failure("assigned variable not found");
    }
    if (config.writeMode().equals("clear")) {
      pool.set(target, Operations.zero(current));
      return;
    }
    Value given = pool.find(config.inputVariableSelector());
    if (given == null) {
      throw failure("input value not found");
    }
    if (config.writeMode().equals("append")) {
      if (!(current instanceof Value.Array)) {
        throw failure(
            "append to a variable of type " + ValueType.of(current).text() + " (expected: a list)");
      }
      List<Value> items =
          new ArrayList<>(current instanceof Value.Array(List<Value> before) ? before : List.of());
      items.add(given);
      pool.set(target, new Value.Array(items));
    } else if (config.writeMode().equals("over-write") || config.writeMode().isEmpty()) {
      pool.set(target, given);
    } else {
      throw failure(
          "unsupported write mode: "
              + config.writeMode()
              + " (expected: over-write, append, clear)");
    }
  }

  private static void apply(Item item, Pool pool) {
    Selector target = item.variableSelector();
    Value current = pool.find(target);
    if (current == null) {
      throw failure("Variable " + target + " not found");
    }
    ValueType type = ValueType.of(current);
    if (!Operations.supports(item.operation(), type)) {
      throw failure("Operation " + item.operation() + " is not supported for type " + type.text());
    }
    if (!Operations.takes(item.operation(), type, item.inputType())) {
      throw failure(
          "Input type " + item.inputType() + " is not supported for operation " + item.operation());
    }
    Value given = item.value();
    if (item.inputType().equals("variable") && Operations.needsValue(item.operation())) {
      Selector source = selector(item.value());
      given = pool.find(source);
      if (given == null) {
        throw failure("Variable " + source + " not found");
      }
      if (given instanceof Value.Null) {
        return;
      }
    }
    pool.set(target, Operations.apply(item.operation(), type, current, given));
  }

  private static Selector selector(Value value) {
    List<String> path = new ArrayList<>();
    if (value instanceof Value.Array(List<Value> parts)) {
      parts.forEach(part -> path.add(part instanceof Value.Text(String text) ? text : ""));
    }
    return new Selector(path);
  }

  static FlowException failure(String message) {
    return Failure.user("", message).asException();
  }
}
