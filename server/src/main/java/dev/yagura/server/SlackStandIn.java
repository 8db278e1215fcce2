package dev.yagura.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Slack on the loopback address: takes what an incoming webhook takes and refuses
 * what Slack refuses (guardduty §4.2).
 */
public final class SlackStandIn implements AutoCloseable {
  private static final int MAX_BLOCKS = 50;
  private static final int MAX_SECTION = 3_000;
  private static final int MAX_BODY = 1 << 20;

  private final com.sun.net.httpserver.HttpServer server;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>(10_000);

  public SlackStandIn() {
    try {
      server =
          com.sun.net.httpserver.HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.createContext("/services/", this::answer);
    server.start();
  }

  /** The webhook's URL. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/services/DEMO/DEMO/DEMO";
  }

  /** {@code host:port}, for the list of targets. */
  public String target() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next message that it has taken; null when none comes in time. */
  public @Nullable JsonNode next(long seconds) throws InterruptedException {
    return messages.poll(seconds, TimeUnit.SECONDS);
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode message = new JsonMapper().readTree(exchange.getRequestBody().readNBytes(MAX_BODY));
    String problem = problem(message);
    byte[] body = (problem.isEmpty() ? "ok" : problem).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(problem.isEmpty() ? 200 : 400, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
    if (problem.isEmpty()) {
      boolean unused = messages.offer(message);
    }
  }

  private static String problem(JsonNode message) {
    if (message.path("text").asText().isEmpty()) {
      return "no_text";
    }
    if (message.path("blocks").size() > MAX_BLOCKS) {
      return "invalid_blocks";
    }
    for (JsonNode block : message.path("blocks")) {
      int length = block.path("text").path("text").asText().length();
      if (length > MAX_SECTION || block.path("type").asText().isEmpty()) {
        return "invalid_blocks";
      }
    }
    return "";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
