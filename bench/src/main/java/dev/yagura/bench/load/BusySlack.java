package dev.yagura.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A Slack webhook that takes so many messages a second and answers 429 with Retry-After to others
 * (guardduty.md §4.1), as Slack does. It remembers which findings were named.
 */
final class BusySlack implements AutoCloseable {
  private static final Pattern FINDING = Pattern.compile("\\b[0-9a-f]{32}\\b");
  private static final Pattern ALERTS = Pattern.compile("(\\d+) more findings?");
  private static final Pattern REPEATS = Pattern.compile("(\\d+) repeats?");
  private static final String MARK = "You may have this alert already";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final int perSecond;
  private final Set<String> named = ConcurrentHashMap.newKeySet();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> alone = ConcurrentHashMap.newKeySet();
  private final AtomicInteger twice = new AtomicInteger();
  private final AtomicInteger alerts = new AtomicInteger();
  private final AtomicInteger digests = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();
  private final AtomicInteger marked = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private long second;
  private int taken;

  BusySlack(int perSecond) throws IOException {
    this.perSecond = perSecond;
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

  private synchronized boolean isTooMany() {
    long now = System.nanoTime() / 1_000_000_000L;
    taken = now == second ? taken + 1 : 1;
    second = now;
    return taken > perSecond;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String message = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean busy = isTooMany();
    if (busy) {
      refused.incrementAndGet();
      exchange.getResponseHeaders().add("Retry-After", "1");
    } else {
      take(message, JSON.readTree(message));
    }
    byte[] body = (busy ? "rate_limited" : "ok").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(busy ? 429 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void take(String message, JsonNode json) {
    boolean says = message.contains(MARK);
    if (says) {
      marked.incrementAndGet();
    }
    // One that says that it may be there already is the first where the other never came.
    boolean again = says && !seen.add(withoutMark(json));
    if (!says) {
      seen.add(json.path("blocks").toString());
    }
    String title = json.path("text").asText();
    int several = number(ALERTS, title) + number(REPEATS, title);
    if (several > 0) {
      digests.incrementAndGet();
      told.addAndGet(again ? 0 : several);
      FINDING.matcher(message).results().map(MatchResult::group).forEach(named::add);
    } else {
      alerts.incrementAndGet();
      told.addAndGet(again ? 0 : 1);
      FINDING
          .matcher(message)
          .results()
          .map(MatchResult::group)
          .distinct()
          .forEach(
              id -> {
                named.add(id);
                if (!alone.add(id) && !says) {
                  twice.incrementAndGet();
                }
              });
    }
  }

  private static String withoutMark(JsonNode json) {
    ArrayNode blocks = json.path("blocks").deepCopy();
    blocks.remove(blocks.size() - 1);
    return blocks.toString();
  }

  private static int number(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  boolean names(String finding) {
    return named.contains(finding);
  }

  /** Alerts about a finding that has one already, without a word that it may be one. */
  int twice() {
    return twice.get();
  }

  int alerts() {
    return alerts.get();
  }

  int digests() {
    return digests.get();
  }

  /** Updates that messages tell of, each message once. */
  int told() {
    return told.get();
  }

  int marked() {
    return marked.get();
  }

  int refused() {
    return refused.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
