package dev.yagura.node.answer;

import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import dev.yagura.node.text.TextTemplate;
import java.util.ArrayList;
import java.util.List;

/** Speaks in a chatflow: a text with variables as markdown (dify-contract §2.4). */
public final class AnswerNode implements NodeType<AnswerNode.Config> {
  public record Config(@Setting(doc = "The text, with references to variables.") String answer) {}

  @Override
  public String type() {
    return "answer";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Outcome run(Config config, NodeCall call) {
    TextTemplate template = TextTemplate.parse(config.answer());
    List<Value> files = new ArrayList<>();
    for (Selector reference : template.references()) {
      switch (call.find(reference)) {
        case Value.File file -> files.add(file);
        case Value.Array(List<Value> items) ->
            items.stream().filter(Value.File.class::isInstance).forEach(files::add);
        case null, default -> {}
      }
    }
    return Outcome.Done.of(
        Value.object("answer", template.markdown(call::find), "files", new Value.Array(files)));
  }
}
