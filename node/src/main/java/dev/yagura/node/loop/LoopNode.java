package dev.yagura.node.loop;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.branch.Condition;
import dev.yagura.node.branch.Conditions;
import dev.yagura.node.config.Setting;
import dev.yagura.node.text.JsonValues;
import java.util.List;
import java.util.Locale;

/**
 * Rounds that share variables, until a condition holds or a number is reached (dify-contract
 * §2.16).
 */
public final class LoopNode implements NodeType<LoopNode.Config> {
  /** Most rounds, whatever the file says. */
  public static final int MAX_ROUNDS = 100;

  public record Config(
      @Setting(doc = "Most rounds, 1 to 100.", orElse = "10") int loopCount,
      @Setting(doc = "When to stop.") List<Condition> breakConditions,
      @Setting(doc = "and, or", orElse = "and") String logicalOperator,
      @Setting(doc = "Variables that last from round to round.")
          List<LoopVariable> loopVariables) {}

  public record LoopVariable(String label, String varType, String valueType, Value value) {}

  @Override
  public String type() {
    return "loop";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<Problem> check(Config config, Place place) {
    int count = config.loopCount();
    return count >= 1 && count <= MAX_ROUNDS
        ? List.of()
        : List.of(
            Problem.warning(
                "loop-count",
                count + " rounds (expected: 1 to " + MAX_ROUNDS + "); the nearest of these is used",
                place));
  }

  @Override
  public Outcome run(Config config, NodeCall call) {
    if (call.isQuestion()) {
      return new Outcome.Round(holds(config, call));
    }
    Value.Obj variables = variables(config, call);
    if (!config.breakConditions().isEmpty() && holdsBeforehand(config, call, variables)) {
      return Outcome.Done.of(Value.EMPTY);
    }
    int count = Math.clamp(config.loopCount(), 1, MAX_ROUNDS);
    return new Outcome.Loop(variables, count, !config.breakConditions().isEmpty());
  }

  private static boolean holds(Config config, NodeCall call) {
    return Conditions.hold(config.breakConditions(), config.logicalOperator(), call::find);
  }

  /** Before the first round a condition that cannot be evaluated is no reason to fail. */
  private static boolean holdsBeforehand(Config config, NodeCall call, Value.Obj variables) {
    try {
      return Conditions.hold(
          config.breakConditions(),
          config.logicalOperator(),
          selector ->
              selector.node().equals(call.node().id())
                  ? variables.get(selector.name())
                  : call.find(selector));
    } catch (FlowException notYet) {
      return false;
    }
  }

  private static Value.Obj variables(Config config, NodeCall call) {
    Value.Obj variables = Value.EMPTY;
    for (LoopVariable variable : config.loopVariables()) {
      Value value =
          variable.valueType().equals("variable")
              ? fromSelector(variable, call)
              : constant(variable);
      variables = variables.with(variable.label(), value);
    }
    return variables;
  }

  private static Value fromSelector(LoopVariable variable, NodeCall call) {
    if (variable.value() instanceof Value.Array(List<Value> path)) {
      Value value = call.find(new Selector(path.stream().map(Py::str).toList()));
      if (value != null) {
        return value;
      }
    }
    throw invalid(variable);
  }

  private static Value constant(LoopVariable variable) {
    String type = variable.varType();
    if (type.equals("string") || !(variable.value() instanceof Value.Text(String text))) {
      return variable.value();
    }
    if (text.isEmpty() && (type.startsWith("array") || type.equals("object"))) {
      return type.equals("object") ? Value.EMPTY : Value.array();
    }
    return JsonValues.parse(
            text.equals("True") || text.equals("False") ? text.toLowerCase(Locale.ROOT) : text)
        .orElseThrow(() -> invalid(variable));
  }

  private static FlowException invalid(LoopVariable variable) {
    return Failure.user("", "Invalid value for loop variable " + variable.label()).asException();
  }
}
