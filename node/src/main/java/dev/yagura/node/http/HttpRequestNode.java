package dev.yagura.node.http;

import dev.yagura.base.Failure;
import dev.yagura.egress.EgressRequest;
import dev.yagura.egress.EgressRequest.Pair;
import dev.yagura.egress.EgressResponse;
import dev.yagura.graph.Node;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Value;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.Services;
import dev.yagura.node.config.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Sends a request, through the one way out (dify-contract §2.8). */
public final class HttpRequestNode implements NodeType<HttpRequestNode.Config> {
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");

  /** Answers that an upstream service means as "later": the node fails. */
  private static final Set<Integer> LATER = Set.of(429, 500, 502, 503, 504);

  public record Config(
      @Setting(doc = "get, post, put, patch, delete or head.", orElse = "get") String method,
      @Setting(doc = "http or https; may hold references.") String url,
      @Setting(doc = "A line each, name:value.") String headers,
      @Setting(doc = "A line each, name:value.") String params,
      @Setting(doc = "Credentials.") Authorization authorization,
      @Setting(doc = "What is sent.") Body body,
      @Setting(doc = "Seconds.") Timeout timeout,
      @Setting(doc = "Whether the certificate is checked.", orElse = "true") boolean sslVerify) {}

  public record Authorization(
      @Setting(orElse = "no-auth") String type, AuthorizationConfig config) {}

  public record AuthorizationConfig(
      @Setting(orElse = "bearer") String type, String apiKey, String header) {}

  public record Body(@Setting(orElse = "none") String type, Value data) {}

  public record Timeout(double connect, double read, double write) {}

  private final Services services;

  public HttpRequestNode(Services services) {
    this.services = services;
  }

  @Override
  public String type() {
    return "http-request";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Outcome run(Config config, NodeCall call) {
    String method = config.method().toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw Failure.user(
              "InvalidHttpMethodError",
              "Invalid http method "
                  + config.method()
                  + " (expected: get, post, put, patch, delete or head)")
          .asException();
    }
    EgressRequest request = new RequestParts(config, call, services.files()).request(method);
    EgressResponse response = services.egress().send(request);
    check(request, response, call.node());
    ResponseFiles.Read read = ResponseFiles.read(response, request.url(), services.files());
    Value.Obj outputs =
        Value.object(
            "status_code",
            response.status(),
            "body",
            read.text(),
            "headers",
            Value.of(response.headers()),
            "files",
            read.files());
    return Outcome.Done.of(outputs)
        .trace(Value.object("process_data", Value.object("request", dump(request, config))));
  }

  private static void check(EgressRequest request, EgressResponse response, Node node) {
    if (LATER.contains(response.status())) {
      throw Failure.upstream(
              "HttpRequestNodeError", "Reached maximum retries (0) for URL " + request.url(), true)
          .asException();
    }
    boolean strict = !(node.onError() instanceof Node.OnError.Abort) || node.retry().max() > 0;
    if (strict && response.status() / 100 != 2) {
      throw Failure.upstream(
              "HTTPResponseCodeError",
              "Request failed with status code " + response.status(),
              response.status() >= 500)
          .asException();
    }
  }

  /** The request as text, with credentials as asterisks. */
  private static String dump(EgressRequest request, Config config) {
    String secret =
        config.authorization().type().equals("api-key")
            ? RequestParts.authorizationHeader(config.authorization().config())
            : "authorization";
    List<String> lines =
        request.headers().stream()
            .map(header -> header.name() + ": " + shown(header, secret))
            .collect(Collectors.toList());
    lines.addFirst(request.method() + " " + request.url() + " HTTP/1.1");
    return String.join("\r\n", lines);
  }

  private static String shown(Pair header, String secret) {
    String name = header.name().toLowerCase(Locale.ROOT);
    boolean hidden =
        name.equals(secret.toLowerCase(Locale.ROOT))
            || name.equals("authorization")
            || name.equals("cookie");
    return hidden ? "*".repeat(Math.min(20, header.value().length())) : header.value();
  }
}
