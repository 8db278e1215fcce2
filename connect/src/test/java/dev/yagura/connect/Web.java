package dev.yagura.connect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.yagura.egress.EgressClient;
import dev.yagura.egress.EgressRequest.Timeouts;
import dev.yagura.egress.EgressRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that keeps what it gets and answers what it is told. */
public final class Web implements AutoCloseable {
  private final HttpServer server;
  private final Deque<Reply> replies = new ArrayDeque<>();
  public final List<Request> requests = new ArrayList<>();
  public final EgressClient egress =
      new EgressClient(new EgressRules(List.of("127.0.0.1"), Set.of(443)));

  /** What came. */
  public record Request(
      String path, String query, com.sun.net.httpserver.Headers headers, String body) {}

  private record Reply(int status, String body) {}

  /** Short enough for a test of a server that never answers. */
  public static final Timeouts SHORT =
      new Timeouts(
          Duration.ofSeconds(1),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2));

  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean hanging;

  public Web() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers so, once; the last answer stays. */
  public void answers(int status, String body) {
    replies.add(new Reply(status, body));
  }

  /** From now on takes requests and never answers. */
  public void hangs() {
    hanging = true;
  }

  private void hang() {
    try {
      boolean unused = end.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (hanging) {
      hang();
      exchange.close();
      return;
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        new Request(
            exchange.getRequestURI().getPath(),
            String.valueOf(exchange.getRequestURI().getQuery()),
            exchange.getRequestHeaders(),
            body));
    Reply reply = replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
    if (reply.status() == 429) {
      exchange.getResponseHeaders().add("Retry-After", "7");
    }
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    egress.close();
  }
}
