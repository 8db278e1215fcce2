package dev.yagura.bench.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A model that speaks OpenAI's API and answers after a while. */
final class MockModel implements AutoCloseable {
  private static final int BACKLOG = 2_048;
  private static final String HEAD = "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",";

  private final HttpServer server;
  private final AtomicLong calls = new AtomicLong();
  private volatile Duration delay = Duration.ZERO;

  MockModel(int port) throws IOException {
    System.setProperty("sun.net.httpserver.maxIdleConnections", "5000");
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** How long it takes from now on. */
  void takes(Duration time) {
    delay = time;
  }

  long calls() {
    return calls.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request =
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
            .replace(" ", "");
    calls.incrementAndGet();
    try {
      Thread.sleep(delay);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    boolean streamed = request.contains("\"stream\":true");
    exchange
        .getResponseHeaders()
        .set("Content-Type", streamed ? "text/event-stream" : "application/json");
    byte[] body = (streamed ? stream() : whole()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static String stream() {
    return HEAD
        + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Nobody was"
        + " harmed.\"}}]}\n\n"
        + HEAD
        + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
        + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}\n\n"
        + "data: [DONE]\n\n";
  }

  private static String whole() {
    return "{\"id\":\"1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Nobody"
               + " was harmed.\"},\"finish_reason\":\"stop\"}],"
               + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
