package dev.yagura.node;

import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Value;

/**
 * A node that only marks a place: the first node of an iteration or loop, and the end of a loop.
 */
public final class PassNode implements NodeType<PassNode.Config> {
  public record Config() {}

  private final String type;

  public PassNode(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Outcome run(Config config, NodeCall call) {
    return Outcome.Done.of(Value.EMPTY);
  }
}
