package dev.yagura.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Closes connections that send a request a few bytes at a time: each byte would start the idle
 * timeout anew. A request that is complete and waits for its answer sends nothing and is left
 * alone.
 */
final class SlowConnections extends AbstractLifeCycle implements Connection.Listener {
  /** Fewer bytes than this in a window, but some, are a trickle. */
  static final int LEAST_BYTES = 1_024;

  /** How many windows in a row may trickle. */
  static final int WINDOWS = 3;

  private final Duration window;
  private final Map<Connection, Seen> open = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("slow-connections").factory());

  /** What a connection had received at the end of the last window. */
  private record Seen(long bytes, long messages, int trickles) {}

  SlowConnections(Duration window) {
    this.window = window;
  }

  @Override
  protected void doStart() {
    var unused =
        timer.scheduleWithFixedDelay(
            this::look, window.toMillis(), window.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    timer.shutdownNow();
  }

  @Override
  public void onOpened(Connection connection) {
    open.put(connection, new Seen(0, 0, 0));
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** The end of a window. */
  void look() {
    open.forEach(
        (connection, before) -> {
          long bytes = connection.getBytesIn();
          long messages = connection.getMessagesIn();
          long more = bytes - before.bytes();
          boolean trickle = messages == before.messages() && more > 0 && more < LEAST_BYTES;
          int trickles = trickle ? before.trickles() + 1 : 0;
          if (trickles >= WINDOWS) {
            open.remove(connection);
            connection.getEndPoint().close();
          } else {
            open.replace(connection, before, new Seen(bytes, messages, trickles));
          }
        });
  }
}
