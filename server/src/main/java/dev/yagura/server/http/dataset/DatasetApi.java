package dev.yagura.server.http.dataset;

import dev.yagura.server.Engine;
import dev.yagura.server.app.JsonRecords;
import dev.yagura.server.http.Routes;

/** All routes of Dify's knowledge API, over one engine. */
public final class DatasetApi implements Routes.Group {
  private final Engine engine;
  private final DatasetExtras extras;
  private final Tags tags;

  public DatasetApi(Engine engine) {
    this.engine = engine;
    this.extras = new DatasetExtras(new JsonRecords(engine.store().records(), "dataset"));
    this.tags = new Tags(new JsonRecords(engine.store().records(), "tag"));
  }

  /** Fixed words come before parameters: the first route that fits answers. */
  @Override
  public void register(Routes routes) {
    var targets = new Targets(engine.library());
    new TagRoutes(tags, targets).register(routes);
    new DatasetRoutes(engine, extras, tags).register(routes);
    new DocumentStatusRoutes(engine.library(), targets).register(routes);
    new MetadataRoutes(engine.library(), targets).register(routes);
    new DocumentIntakeRoutes(engine, extras).register(routes);
    new DocumentRoutes(engine.library(), targets).register(routes);
    new SegmentRoutes(engine.library(), targets).register(routes);
    new ChildChunkRoutes(engine.library(), targets).register(routes);
    new RetrieveRoutes(engine.library(), targets).register(routes);
    new ModelTypeRoutes(engine.models()).register(routes);
  }
}
