package dev.yagura.server;

import dev.yagura.node.BuiltIn;
import dev.yagura.node.Extension;
import dev.yagura.node.NodeTypes;
import dev.yagura.node.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** All node types and tools: ours, then those of the manifests in other jars of the folder. */
public final class Extensions {
  private Extensions() {}

  public static NodeTypes nodeTypes(Services services) {
    List<Extension> all = new ArrayList<>();
    all.add(new BuiltIn(services));
    ServiceLoader.load(Extension.class).forEach(all::add);
    return new NodeTypes(all);
  }
}
