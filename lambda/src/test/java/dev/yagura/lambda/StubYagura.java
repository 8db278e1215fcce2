package dev.yagura.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server that has Yagura's API and answers as it is told. */
final class StubYagura implements AutoCloseable {
  static final Reply ACCEPTED = new Reply(202, "{\"id\":\"f-1\",\"duplicate\":false}");

  /** What came in. */
  record Seen(String method, String path, String authorization, String key, String body) {}

  /** What goes out. */
  record Reply(int status, String body, Map<String, String> headers) {
    Reply(int status, String body) {
      this(status, body, Map.of());
    }

    static Reply error(int status, String code, String message) {
      return new Reply(
          status,
          "{\"code\":\"%s\",\"message\":\"%s\",\"status\":%d}".formatted(code, message, status));
    }

    static Reply run(String status) {
      return new Reply(
          200,
          "{\"task_id\":\"t\",\"workflow_run_id\":\"run-7\",\"data\":{\"id\":\"run-7\",\"status\":\"%s\",\"outputs\":{\"text\":\"EVIL-OUTPUT\"}}}"
              .formatted(status));
    }

    /** The connection ends without an answer. */
    static final Reply BROKEN = new Reply(-1, "");

    /** No answer as long as the server is there. */
    static final Reply SILENCE = new Reply(-2, "");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Deque<Reply> first = new ArrayDeque<>();
  private volatile Function<Seen, Reply> then = request -> ACCEPTED;

  StubYagura() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  StubYagura answers(Reply... replies) {
    synchronized (first) {
      first.addAll(List.of(replies));
    }
    return this;
  }

  StubYagura always(Function<Seen, Reply> answer) {
    then = answer;
    return this;
  }

  String host() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Seen> seen() {
    return seen;
  }

  private void handle(HttpExchange exchange) throws IOException {
    Seen request =
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            header(exchange, "Authorization"),
            header(exchange, "Idempotency-Key"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    seen.add(request);
    Reply told;
    synchronized (first) {
      told = first.poll();
    }
    Reply reply = told == null ? then.apply(request) : told;
    try (exchange) {
      if (reply == Reply.SILENCE) {
        end.await();
      }
      if (reply.status() > 0) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
