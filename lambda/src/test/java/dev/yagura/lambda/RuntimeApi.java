package dev.yagura.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's Runtime API (AWS Lambda developer guide, "Using the Lambda runtime API", version
 * 2018-06-01): gives events to a runtime and keeps what it says of them.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String BASE = "/2018-06-01/runtime/";
  private static final String ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);

  /**
   * What a runtime said.
   *
   * @param what {@code response} or {@code error} of the invocation that was given, {@code
   *     init/error}, or a whole path that no runtime should ask for
   */
  record Said(String what, String body) {}

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(BASE, this::handle);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  void invoke(String event) {
    events.add(event);
  }

  /** What the runtime says next; an AssertionError where it says nothing within a minute. */
  Said next() throws InterruptedException {
    Said one = said.poll(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS);
    if (one == null) {
      throw new AssertionError("the runtime says nothing");
    }
    return one;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(BASE.length());
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (path.equals("invocation/next")) {
      give(exchange);
      return;
    }
    String own = "invocation/" + ID + "/";
    said.add(new Said(path.startsWith(own) ? path.substring(own.length()) : path, body));
    answer(exchange, 202, "{\"status\":\"OK\"}");
  }

  private void give(HttpExchange exchange) throws IOException {
    try {
      String event = events.poll(1, TimeUnit.MINUTES);
      if (event == null) {
        end.await();
        return;
      }
      var headers = exchange.getResponseHeaders();
      headers.add("Lambda-Runtime-Aws-Request-Id", ID);
      headers.add(
          "Lambda-Runtime-Deadline-Ms",
          Long.toString(System.currentTimeMillis() + Duration.ofSeconds(30).toMillis()));
      headers.add(
          "Lambda-Runtime-Invoked-Function-Arn",
          "arn:aws:lambda:us-east-1:123456789012:function:AnalyzeGuardDuty");
      answer(exchange, 200, event);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
