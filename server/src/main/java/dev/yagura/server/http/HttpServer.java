package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.Secret;
import dev.yagura.server.Engine;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** The HTTP server: Jetty under Javalin, a virtual thread for each request. */
public final class HttpServer implements AutoCloseable {
  /** Most connections at once; more wait to be accepted. */
  static final int MAX_CONNECTIONS = 20_000;

  /** A connection that is silent for so long between requests, or within one, is closed. */
  private static final int IDLE_MILLIS = 30_000;

  /** A request that comes in more slowly than 1 kB in this time is given up after three of them. */
  private static final Duration WINDOW = Duration.ofSeconds(10);

  /** At the stop, requests under way have so long to be answered. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private static final int BACKLOG = 1_024;
  private static final int MAX_HEADERS = 16 * 1024;

  private final Engine engine;
  private final Secret admin;
  private final List<Routes.Group> more;
  private final OpsRoutes ops;
  private final Javalin javalin;
  private List<Routes.Route> routes = List.of();

  /**
   * @param admin the token of the administrator
   * @param more routes besides those of this package
   */
  public HttpServer(Engine engine, Secret admin, List<Routes.Group> more) {
    this.engine = engine;
    this.admin = admin;
    this.more = List.copyOf(more);
    this.ops = new OpsRoutes(engine);
    this.javalin = Javalin.create(this::configure);
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.concurrency.useVirtualThreads = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.maxRequestSize = Requests.MAX_JSON;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(HttpServer::stopGracefully);
    config.jetty.addConnector(this::connector);
    config.jetty.multipartConfig.maxFileSize(16, io.javalin.config.SizeUnit.MB);
    config.jetty.multipartConfig.maxTotalRequestSize(17, io.javalin.config.SizeUnit.MB);
    config.jetty.multipartConfig.maxInMemoryFileSize(1, io.javalin.config.SizeUnit.MB);
    var all = new Routes(config.routes, new Auth(engine.keys(), engine.apps(), admin));
    new WorkflowRoutes(engine).register(all);
    new AppRoutes(engine).register(all);
    new FindingRoutes(engine).register(all);
    ops.register(all);
    more.forEach(group -> group.register(all));
    registerAdmin(all);
    config.routes.after(context -> ops.answered(context.statusCode()));
    config.routes.error(404, HttpServer::notFound);
    config.routes.error(405, HttpServer::notFound);
    routes = all.all();
  }

  private static void stopGracefully(Server server) {
    server.setHandler(new GracefulHandler());
    server.setStopTimeout(FAREWELL.toMillis());
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADERS);
    http.setUriCompliance(UriCompliance.DEFAULT);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(engine.config().host());
    connector.setPort(engine.config().port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(BACKLOG);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    connector.addBean(new SlowConnections(WINDOW));
    server.setErrorHandler(new JsonErrors());
    return connector;
  }

  private void registerAdmin(Routes all) {
    List<Operation> operations = new AdminOperations(engine).all();
    for (Operation operation : operations) {
      all.add(
          HandlerType.findOrCreate(operation.method()),
          "/api" + operation.path(),
          Permission.ADMIN,
          (context, caller) ->
              Requests.answer(context, 200, operation.handler().handle(new NetworkCall(context))));
    }
    all.get(
        "/api/openapi.json",
        Permission.PUBLIC,
        (context, caller) -> Requests.answer(context, 200, OpenApi.document(routes, operations)));
  }

  private static void notFound(Context context) {
    if (context.result() == null
        || context.result().isEmpty()
        || !context.result().startsWith("{")) {
      int status = context.statusCode();
      Requests.answer(
          context,
          status,
          status == 404
              ? ApiErrors.body("not_found", "There is nothing at this address.", 404)
              : ApiErrors.body("method_not_allowed", "This address takes other methods.", 405));
    }
  }

  /** A call of the administrator over the network. */
  private record NetworkCall(Context context) implements Call {
    @Override
    public String path(String name) {
      return context.pathParam(name);
    }

    @Override
    public String query(String name, String fallback) {
      String value = context.queryParam(name);
      return value == null || value.isEmpty() ? fallback : value;
    }

    @Override
    public ObjectNode json() {
      byte[] body = context.attribute("body");
      if (body == null) {
        body = Requests.bytes(context, 4 * Requests.MAX_JSON);
        context.attribute("body", body);
      }
      return body.length == 0 ? Json.object() : Json.read(body);
    }

    @Override
    public InputStream bytes() {
      try {
        return context.req().getInputStream();
      } catch (IOException broken) {
        throw new FlowException(Failure.user("bad_request", "the body broke off"), broken);
      }
    }
  }

  /** Listens; a FlowException where the address cannot be had. */
  public void start() {
    try {
      javalin.start();
    } catch (JavalinBindException taken) {
      throw refused(taken);
    } catch (JavalinException failed) {
      throw refused(failed);
    }
  }

  private FlowException refused(RuntimeException why) {
    return new FlowException(
        Failure.user(
            "AddressInUse",
            engine.config().host()
                + ":"
                + engine.config().port()
                + " cannot be listened on ("
                + why.getMessage()
                + ") (expected: a free port; choose one with --port)"),
        why);
  }

  /** The port that it listens on. */
  public int port() {
    return javalin.port();
  }

  List<Routes.Route> routes() {
    return routes;
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
