package dev.yagura.node.template;

import dev.yagura.base.Failure;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a text with a Jinja2 template; a variable that is missing is None (dify-contract §2.7). */
public final class TemplateTransformNode implements NodeType<TemplateTransformNode.Config> {
  /** Longest result, in characters. */
  public static final int MAX_LENGTH = 400_000;

  public record Config(
      @Setting(doc = "The Jinja2 template.") String template,
      @Setting(doc = "The variables that it uses.") List<Variable> variables) {}

  public record Variable(String variable, Selector valueSelector) {}

  private final JinjaTemplates templates = new JinjaTemplates();

  @Override
  public String type() {
    return "template-transform";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Outcome run(Config config, NodeCall call) {
    Map<String, Value> variables = new LinkedHashMap<>();
    for (Variable variable : config.variables()) {
      Value value = call.find(variable.valueSelector());
      variables.put(variable.variable(), value == null ? Value.NULL : value);
    }
    String output = templates.render(config.template(), variables);
    if (output.codePointCount(0, output.length()) > MAX_LENGTH) {
      throw Failure.limit("", "Output length exceeds " + MAX_LENGTH + " characters").asException();
    }
    return Outcome.Done.of(Value.object("output", output))
        .trace(Value.object("inputs", new Value.Obj(variables)));
  }
}
