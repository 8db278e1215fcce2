package dev.yagura.node.http;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.egress.EgressRequest;
import dev.yagura.egress.EgressRequest.Pair;
import dev.yagura.egress.EgressRequest.Timeouts;
import dev.yagura.node.FileShelf;
import dev.yagura.node.NodeCall;
import dev.yagura.node.text.TextTemplate;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of a request, with their references replaced. */
final class RequestParts {
  /** Longest answer that is a file, in bytes; text has a limit of its own. */
  static final long MAX_FILE = 10L << 20;

  private static final double CONNECT = 10;
  private static final double TRANSFER = 600;

  private final HttpRequestNode.Config config;
  private final NodeCall call;
  private final FileShelf files;

  RequestParts(HttpRequestNode.Config config, NodeCall call, FileShelf files) {
    this.config = config;
    this.call = call;
    this.files = files;
  }

  private String text(String template) {
    return TextTemplate.parse(template).render(call::find);
  }

  EgressRequest request(String method) {
    Map<String, Pair> headers = new LinkedHashMap<>();
    for (Pair header : lines(text(config.headers()))) {
      headers.put(header.name(), header);
    }
    Pair credentials = credentials();
    if (credentials != null) {
      headers.put(credentials.name(), credentials);
    }
    EgressRequest.Body body =
        new RequestBody(config.body(), call, files).body(names(headers).contains("content-type"));
    if (body instanceof EgressRequest.Multipart) {
      headers.keySet().removeIf(name -> name.equalsIgnoreCase("content-type"));
    }
    return new EgressRequest(
        method,
        url(),
        new ArrayList<>(headers.values()),
        body,
        timeouts(),
        MAX_FILE,
        config.sslVerify());
  }

  private static List<String> names(Map<String, Pair> headers) {
    return headers.keySet().stream().map(name -> name.toLowerCase(java.util.Locale.ROOT)).toList();
  }

  private String url() {
    String url = text(config.url()).strip();
    if (url.isEmpty()) {
      throw invalid("url is required");
    }
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw invalid("url should start with http:// or https://");
    }
    String query =
        lines(text(config.params())).stream()
            .map(pair -> encode(pair.name()) + "=" + encode(pair.value()))
            .collect(Collectors.joining("&"));
    if (query.isEmpty()) {
      return url;
    }
    int fragment = url.indexOf('#');
    String base = fragment < 0 ? url : url.substring(0, fragment);
    return base + (base.contains("?") ? "&" : "?") + query;
  }

  private static FlowException invalid(String message) {
    return Failure.user("InvalidURLError", message).asException();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private @Nullable Pair credentials() {
    if (!config.authorization().type().equals("api-key")) {
      return null;
    }
    HttpRequestNode.AuthorizationConfig given = config.authorization().config();
    String key = text(given.apiKey());
    if (key.isBlank()) {
      throw Failure.user(
              "AuthorizationConfigError",
              "API key is required for authorization but was empty. Please provide a valid API"
                  + " key.")
          .asException();
    }
    String value =
        switch (given.type()) {
          case "basic" ->
              "Basic "
                  + (key.contains(":")
                      ? Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8))
                      : key);
          case "custom" -> key;
          default -> "Bearer " + key;
        };
    return new Pair(text(authorizationHeader(given)), value);
  }

  static String authorizationHeader(HttpRequestNode.AuthorizationConfig given) {
    return given.header().isBlank() ? "Authorization" : given.header().strip();
  }

  private Timeouts timeouts() {
    HttpRequestNode.Timeout given = config.timeout();
    Duration connect = seconds(given.connect(), CONNECT);
    Duration read = seconds(given.read(), TRANSFER);
    Duration write = seconds(given.write(), TRANSFER);
    return new Timeouts(connect, read, write, connect.plus(read).plus(write));
  }

  private static Duration seconds(double given, double otherwise) {
    return Duration.ofMillis((long) (1000 * (given > 0 ? Math.min(given, TRANSFER) : otherwise)));
  }

  /** A line each; the first colon parts name and value; a line without one has an empty value. */
  static List<Pair> lines(String text) {
    List<Pair> pairs = new ArrayList<>();
    for (String line : text.split("\\R")) {
      if (!line.isBlank()) {
        int colon = line.indexOf(':');
        pairs.add(
            colon < 0
                ? new Pair(line.strip(), "")
                : new Pair(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
      }
    }
    return pairs;
  }
}
