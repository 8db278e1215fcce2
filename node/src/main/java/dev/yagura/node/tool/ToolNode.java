package dev.yagura.node.tool;

import dev.yagura.base.Failure;
import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.base.Suggestion;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import dev.yagura.node.text.TextTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls a tool (dify-contract §2.19). A tool that is not here fails when it is called; the file
 * imports all the same.
 */
public final class ToolNode implements NodeType<ToolNode.Config> {
  public record Config(
      @Setting(doc = "Who provides the tool.") String providerId,
      String providerName,
      @Setting(doc = "The tool.") String toolName,
      @Setting(doc = "Its parameters: text with references, a variable, or a constant.")
          Value toolParameters,
      @Setting(doc = "Its settings.") Value.Obj toolConfigurations) {}

  private final Map<String, Tool> tools = new LinkedHashMap<>();

  public ToolNode(List<Tool> tools) {
    tools.forEach(tool -> this.tools.put(tool.provider() + "/" + tool.name(), tool));
  }

  @Override
  public String type() {
    return "tool";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  private static String key(Config config) {
    String provider = config.providerId().isEmpty() ? config.providerName() : config.providerId();
    return provider + "/" + config.toolName();
  }

  @Override
  public List<Problem> check(Config config, Place place) {
    if (tools.containsKey(key(config))) {
      return List.of();
    }
    return List.of(
        Problem.warning(
                "unknown-tool",
                "the tool " + key(config) + " is not available here; the node fails when it is run",
                place)
            .suggest(Suggestion.nearest(key(config), tools.keySet())));
  }

  @Override
  public Outcome run(Config config, NodeCall call) throws InterruptedException {
    Tool tool = tools.get(key(config));
    if (tool == null) {
      throw Failure.user(
              "ToolNotAvailable",
              "Failed to get tool runtime: the tool "
                  + key(config)
                  + " is not available here (expected: one of "
                  + String.join(", ", tools.keySet())
                  + ")")
          .asException();
    }
    Value.Obj parameters = parameters(config, tool, call);
    Tool.Result result = tool.invoke(parameters, call);
    Value.Obj outputs =
        Value.object(
            "text",
            result.text(),
            "files",
            Value.array(),
            "json",
            result.json().isEmpty()
                ? Value.array(Value.object("data", Value.array()))
                : new Value.Array(result.json()));
    return Outcome.Done.of(outputs.with(result.variables()))
        .effects(result.effects())
        .trace(Value.object("inputs", parameters));
  }

  private static Value.Obj parameters(Config config, Tool tool, NodeCall call) {
    Map<String, Value> parameters = new LinkedHashMap<>();
    config
        .toolConfigurations()
        .fields()
        .forEach((name, value) -> put(parameters, name, value, call));
    if (config.toolParameters() instanceof Value.Obj(Map<String, Value> given)) {
      given.forEach((name, value) -> put(parameters, name, value, call));
    }
    for (String name : tool.required()) {
      if (!parameters.containsKey(name)) {
        throw Failure.user(
                "ToolParameterError",
                "tool parameter "
                    + name
                    + " not found in tool config (expected: "
                    + String.join(", ", tool.required())
                    + ")")
            .asException();
      }
    }
    return new Value.Obj(parameters);
  }

  private static void put(
      Map<String, Value> parameters, String name, Value setting, NodeCall call) {
    Value value = parameter(setting, call);
    if (value != null) {
      parameters.put(name, value);
    }
  }

  private static @Nullable Value parameter(Value setting, NodeCall call) {
    if (!(setting instanceof Value.Obj object) || object.get("type") == null) {
      return setting instanceof Value.Null ? null : setting;
    }
    Value value = object.get("value");
    if (object.text("type", "").equals("variable")
        && value instanceof Value.Array(List<Value> path)) {
      return call.find(new Selector(path.stream().map(Py::str).toList()));
    }
    return value instanceof Value.Text(String text)
        ? Value.text(TextTemplate.parse(text).render(call::find))
        : value;
  }
}
