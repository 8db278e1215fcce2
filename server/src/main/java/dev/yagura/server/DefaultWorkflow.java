package dev.yagura.server;

import dev.yagura.server.app.App;
import dev.yagura.server.app.Apps;
import dev.yagura.server.app.Versions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The workflow of findings that nobody has assigned, or whose app was deleted: the app named
 * GuardDutyHandler, else the oldest that is published. Where there is none, the floor goes out, and
 * a start without any app brings GuardDutyHandler back.
 */
public final class DefaultWorkflow {
  private static final String NAME = "GuardDutyHandler";

  private final Apps apps;

  public DefaultWorkflow(Apps apps) {
    this.apps = apps;
  }

  public Optional<App> app() {
    List<App> published = apps.all().stream().filter(app -> !app.published().isEmpty()).toList();
    return published.stream()
        .filter(app -> app.name().equals(NAME))
        .findFirst()
        .or(() -> published.stream().findFirst());
  }

  /** Imports, binds and publishes the bundled workflow, where there is no app yet. */
  void install() {
    List<App> all = apps.all();
    if (all.size() == 1
        && all.getFirst().name().equals(NAME)
        && all.getFirst().published().isEmpty()) {
      // The first start ended between both steps.
      App unused = apps.publish(all.getFirst());
    }
    if (all.isEmpty()) {
      App app =
          apps.add(
                  WorkflowFiles.BUNDLED,
                  WorkflowFiles.bundled(),
                  Map.of("*", CatalogueKnowledge.BASE.id() + "," + Handbook.BASE.id()),
                  Map.of(
                      "language",
                      Versions.CONFIG + "language",
                      "time_zone",
                      Versions.CONFIG + "time_zone"))
              .app();
      apps.publish(app);
    }
  }
}
