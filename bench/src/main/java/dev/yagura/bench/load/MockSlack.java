package dev.yagura.bench.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Takes alerts as Slack's webhooks do, and counts which account was named how often. */
final class MockSlack implements AutoCloseable {
  private static final Pattern ACCOUNT = Pattern.compile("\\b7\\d{11}\\b");
  private static final String MARK = "You may have this alert already";

  private final HttpServer server;
  private final Map<String, Integer> alerts = new ConcurrentHashMap<>();
  private final AtomicInteger marked = new AtomicInteger();
  private final AtomicInteger unmarked = new AtomicInteger();

  MockSlack() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/services/", this::answer);
    server.start();
  }

  String target() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String url() {
    return "http://" + target() + "/services/T/B/X";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String message = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    ACCOUNT
        .matcher(message)
        .results()
        .map(MatchResult::group)
        .distinct()
        .filter(account -> alerts.merge(account, 1, Integer::sum) > 1)
        .forEach(again -> (message.contains(MARK) ? marked : unmarked).incrementAndGet());
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  boolean has(String account) {
    return alerts.containsKey(account);
  }

  int alerts() {
    return alerts.size();
  }

  /** Second alerts that say that they may be. */
  int marked() {
    return marked.get();
  }

  /** Second alerts that do not say so. */
  int unmarked() {
    return unmarked.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
