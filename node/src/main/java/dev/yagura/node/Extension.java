package dev.yagura.node;

import dev.yagura.node.tool.Tool;
import java.util.List;

/**
 * A manifest: the node types and tools that a jar brings. {@link BuiltIn} is ours; third parties
 * name theirs in {@code META-INF/services/dev.yagura.node.Extension}.
 */
public interface Extension {
  default List<NodeType<?>> nodeTypes() {
    return List.of();
  }

  default List<Tool> tools() {
    return List.of();
  }
}
