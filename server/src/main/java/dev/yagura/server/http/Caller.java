package dev.yagura.server.http;

import dev.yagura.base.Failure;
import dev.yagura.server.app.App;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param app whose key it is; null for an intake key, for a key of the knowledge and for the
 *     administrator
 */
public record Caller(@Nullable App app) {
  /** The app; only routes with {@link Permission#APP} ask. */
  App ownApp() {
    if (app == null) {
      throw Failure.internal("NoApp", "this route has no app").asException();
    }
    return app;
  }
}
