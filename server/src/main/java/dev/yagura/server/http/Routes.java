package dev.yagura.server.http;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only way to register a route: with the permission that it needs (design §1, invariant 8). */
public final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final RoutesConfig routes;
  private final Auth auth;
  private final List<Route> all = new ArrayList<>();

  /**
   * A route as it was registered.
   *
   * @param doc one line for the OpenAPI document, or empty where that knows it
   */
  record Route(String method, String path, Permission permission, String doc) {}

  /** Routes that belong together. */
  public interface Group {
    void register(Routes routes);
  }

  /** Answers a request. */
  @FunctionalInterface
  public interface Handler {
    void handle(Context context, Caller caller) throws InterruptedException;
  }

  Routes(RoutesConfig routes, Auth auth) {
    this.routes = routes;
    this.auth = auth;
  }

  void get(String path, Permission permission, Handler handler) {
    add(HandlerType.GET, path, permission, handler);
  }

  void post(String path, Permission permission, Handler handler) {
    add(HandlerType.POST, path, permission, handler);
  }

  void add(HandlerType method, String path, Permission permission, Handler handler) {
    add(method, path, permission, "", handler);
  }

  /**
   * @param doc one line for the OpenAPI document
   */
  public void add(
      HandlerType method, String path, Permission permission, String doc, Handler handler) {
    all.add(new Route(method.name(), path, permission, doc));
    routes.addEndpoint(new Endpoint(method, path, context -> answer(context, permission, handler)));
  }

  List<Route> all() {
    return List.copyOf(all);
  }

  @Boundary("whatever a handler throws becomes an answer; a defect of ours is logged")
  private void answer(Context context, Permission permission, Handler handler) {
    try {
      handler.handle(context, auth.check(permission, context.header("Authorization")));
    } catch (FlowException named) {
      refuse(context, named.failure());
      if (ApiErrors.status(named.failure()) == 500) {
        LOG.error("{} {}: {}", context.method(), path(context), named.failure().message());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      Requests.answer(context, 503, ApiErrors.body("stopping", "the server is stopping", 503));
    } catch (RuntimeException defect) {
      LOG.error("{} {}", context.method(), path(context), defect);
      refuse(context, Failure.internal("defect", "defect"));
    }
  }

  /** The pattern and not the path, which may hold anything. */
  private static String path(Context context) {
    return context.endpoint().path;
  }

  private static void refuse(Context context, Failure failure) {
    int status = ApiErrors.status(failure);
    if (context.res().isCommitted()) {
      return;
    }
    if (status == 401) {
      context.header("WWW-Authenticate", "Bearer realm=\"api\"");
    }
    if (status == 429 || status == 503) {
      context.header("Retry-After", "5");
    }
    if (status == 413) {
      Requests.answerAndHearOut(context, status, ApiErrors.body(failure));
    } else {
      Requests.answer(context, status, ApiErrors.body(failure));
    }
  }
}
