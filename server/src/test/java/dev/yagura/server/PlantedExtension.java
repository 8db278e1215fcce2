package dev.yagura.server;

import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Value;
import dev.yagura.node.Extension;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.config.Setting;
import java.util.List;

/** A third party's manifest, as it would be in a jar of its own. */
public final class PlantedExtension implements Extension {
  @Override
  public List<NodeType<?>> nodeTypes() {
    return List.of(new GreetNode());
  }

  /** The node of CONTRIBUTING.md. */
  static final class GreetNode implements NodeType<GreetNode.Config> {
    record Config(@Setting(doc = "Whom to greet.", orElse = "world") String whom) {}

    @Override
    public String type() {
      return "greet";
    }

    @Override
    public Class<Config> config() {
      return Config.class;
    }

    @Override
    public Outcome run(Config config, NodeCall call) {
      return Outcome.Done.of(Value.object("text", "Hello " + config.whom()));
    }
  }
}
