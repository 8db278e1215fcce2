package dev.yagura.server.http;

import dev.yagura.graph.Graph;
import dev.yagura.graph.Node;
import dev.yagura.graph.value.Value;
import dev.yagura.model.ProviderNames;
import dev.yagura.server.app.App;
import dev.yagura.server.app.Apps;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A model that a node of a workflow names.
 *
 * @param node its title, or its id where it has none
 * @param provider by its short name
 */
record ModelUse(String workflow, String node, String provider, String model) {

  /** All of them; a draft may name another model than what runs, and both count. */
  static Set<ModelUse> all(Apps apps) {
    Set<ModelUse> uses = new LinkedHashSet<>();
    for (App app : apps.all()) {
      collect(app, apps.draft(app).graph(), uses);
      if (!app.published().isEmpty()) {
        collect(app, apps.published(app).graph(), uses);
      }
    }
    return uses;
  }

  private static void collect(App app, Graph graph, Set<ModelUse> uses) {
    for (Node node : graph.nodes()) {
      if (node.config().get("model") instanceof Value.Obj model
          && model.get("provider") instanceof Value.Text(String provider)
          && model.get("name") instanceof Value.Text(String name)
          && !provider.isBlank()) {
        String title = node.title().isEmpty() ? node.id() : node.title();
        uses.add(new ModelUse(app.name(), title, ProviderNames.shortName(provider), name));
      }
    }
  }

  /** {@code provider/model}. */
  String shown() {
    return provider + "/" + model;
  }
}
