package dev.yagura.server;

import dev.yagura.base.Boundary;
import dev.yagura.base.Secret;
import dev.yagura.server.config.Config;
import dev.yagura.server.http.HttpServer;
import dev.yagura.server.http.dataset.DatasetApi;
import java.util.List;

/** A server: an engine that works, and the routes to it. */
public final class YaguraServer implements AutoCloseable {
  private final Engine engine;
  private final HttpServer http;
  private final Running running;
  private final Running.Server address;

  private YaguraServer(Engine engine, HttpServer http, Running running, Running.Server address) {
    this.engine = engine;
    this.http = http;
    this.running = running;
    this.address = address;
  }

  /**
   * Starts a server; a FlowException says what is in the way. It takes requests when this returns.
   */
  @Boundary("whatever stops the start closes the engine and goes on")
  public static YaguraServer start(Config config) {
    Engine engine = Engine.open(config);
    HttpServer http = null;
    var running = new Running(config.data());
    try {
      engine.installBundled();
      Secret token = Running.newToken();
      http = new HttpServer(engine, token, List.of(new DatasetApi(engine)));
      http.start();
      String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
      var address = new Running.Server("http://" + host + ":" + http.port(), token);
      running.announce(address);
      engine.start();
      return new YaguraServer(engine, http, running, address);
    } catch (RuntimeException refused) {
      running.forget();
      if (http != null) {
        http.close();
      }
      engine.close();
      throw refused;
    }
  }

  public Engine engine() {
    return engine;
  }

  /** Where it listens, for example {@code http://127.0.0.1:8080}. */
  public String url() {
    return address.url();
  }

  public Running.Server address() {
    return address;
  }

  /** Takes no more requests, lets runs end for a while, and stops. */
  @Override
  public void close() {
    running.forget();
    engine.stopWork();
    http.close();
    engine.close();
  }
}
