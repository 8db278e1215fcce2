package dev.yagura.aws.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.ChatModelContract;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * A stand-in for Bedrock's runtime in its wire format: event-stream frames with checksums, the JSON
 * of single models, AWS's errors, requests refused without a signature of the service.
 */
public final class BedrockStub implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = Behaviour.ANSWERS;
  private volatile String stopReason = "";
  private volatile List<String> pieces = ChatModelContract.PIECES;

  /** A request that was made, with the id of its model. */
  public record Call(String model, JsonNode body, String signature) {}

  public BedrockStub() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/model/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public BedrockStub does(Behaviour next) {
    behaviour = next;
    stopReason = "";
    return this;
  }

  /** Answers, and stops for this reason. */
  public BedrockStub stops(String reason) {
    behaviour = Behaviour.ANSWERS;
    stopReason = reason;
    return this;
  }

  /** What it says when it answers. */
  public BedrockStub says(String... text) {
    pieces = List.of(text);
    return this;
  }

  public List<Call> calls() {
    return calls;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getRawPath().split("/");
    String signature = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = exchange.getRequestBody().readAllBytes();
    String model = URLDecoder.decode(path[2], StandardCharsets.UTF_8);
    calls.add(new Call(model, JSON.readTree(body), signature));
    if (!signature.matches(
        "AWS4-HMAC-SHA256 Credential=\\S+/\\d{8}/[a-z0-9-]+/bedrock/aws4_request,"
            + " SignedHeaders=\\S+, Signature=[0-9a-f]{64}")) {
      error(exchange, 403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    } else if (!fails(exchange)) {
      if (path[3].equals("invoke")) {
        invoke(exchange, model, JSON.readTree(body));
      } else {
        stream(exchange);
      }
    }
    exchange.close();
  }

  /** Whether there was an error instead of an answer. */
  private boolean fails(HttpExchange exchange) throws IOException {
    switch (behaviour) {
      case THROTTLED ->
          error(exchange, 429, "ThrottlingException", "Too many requests, please wait");
      case DENIED ->
          error(
              exchange,
              403,
              "AccessDeniedException",
              "User: arn:aws:sts::111122223333:assumed-role/yagura/i-0 is not authorized to"
                  + " perform: bedrock:InvokeModelWithResponseStream on resource: the model");
      case WRONG_REQUEST ->
          error(
              exchange,
              400,
              "ValidationException",
              "Invocation of model ID with on-demand throughput isn’t supported.");
      case DOWN -> error(exchange, 503, "ServiceUnavailableException", "Service is unavailable");
      case SILENT -> waitForEnd();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.amazon.eventstream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    event(out, "messageStart", JSON.createObjectNode().put("role", "assistant"));
    switch (behaviour) {
      case GARBAGE ->
          out.write(
              "this is no frame of an event stream".repeat(5).getBytes(StandardCharsets.UTF_8));
      case INVALID_UTF8 -> {
        String text = "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"A\u00c3(\u00ffB\"}}";
        frame(out, eventHeaders("contentBlockDelta"), text.getBytes(StandardCharsets.ISO_8859_1));
        end(out, "end_turn");
      }
      case TOO_LONG -> {
        for (int i = 0; i < 500; i++) {
          delta(out, "text", "x".repeat(20_000));
        }
        end(out, "end_turn");
      }
      case NEVER_ENDS -> {
        delta(out, "text", "I am ");
        waitForEnd();
      }
      case BREAKS_OFF -> {
        delta(out, "text", "I am ");
        exception(out, "modelStreamErrorException", "The model broke off");
      }
      case EMPTY -> end(out, "end_turn");
      case FILTERED -> end(out, "content_filtered");
      default -> {
        if (behaviour == Behaviour.THINKS_FIRST) {
          reasoning(out, "Let me think.");
        }
        for (String piece : pieces) {
          delta(out, "text", piece);
        }
        String stop = stopReason.isEmpty() ? "end_turn" : stopReason;
        end(out, behaviour == Behaviour.CUT ? "max_tokens" : stop);
      }
    }
    out.flush();
  }

  private static void delta(OutputStream out, String kind, String text) throws IOException {
    ObjectNode payload = JSON.createObjectNode().put("contentBlockIndex", 0);
    payload.putObject("delta").put(kind, text);
    event(out, "contentBlockDelta", payload);
    out.flush();
  }

  private static void reasoning(OutputStream out, String text) throws IOException {
    ObjectNode payload = JSON.createObjectNode().put("contentBlockIndex", 0);
    payload.putObject("delta").putObject("reasoningContent").put("text", text);
    event(out, "contentBlockDelta", payload);
  }

  private static void end(OutputStream out, String reason) throws IOException {
    event(out, "contentBlockStop", JSON.createObjectNode().put("contentBlockIndex", 0));
    event(out, "messageStop", JSON.createObjectNode().put("stopReason", reason));
    ObjectNode metadata = JSON.createObjectNode();
    metadata
        .putObject("usage")
        .put("inputTokens", 12)
        .put("outputTokens", 34)
        .put("totalTokens", 46);
    metadata.putObject("metrics").put("latencyMs", 7);
    event(out, "metadata", metadata);
  }

  private static void event(OutputStream out, String type, ObjectNode payload) throws IOException {
    frame(out, eventHeaders(type), payload.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, HeaderValue> eventHeaders(String type) {
    return Map.of(
        ":message-type", HeaderValue.fromString("event"),
        ":event-type", HeaderValue.fromString(type),
        ":content-type", HeaderValue.fromString("application/json"));
  }

  private static void exception(OutputStream out, String type, String message) throws IOException {
    frame(
        out,
        Map.of(
            ":message-type", HeaderValue.fromString("exception"),
            ":exception-type", HeaderValue.fromString(type),
            ":content-type", HeaderValue.fromString("application/json")),
        JSON.createObjectNode()
            .put("message", message)
            .toString()
            .getBytes(StandardCharsets.UTF_8));
  }

  private static void frame(OutputStream out, Map<String, HeaderValue> headers, byte[] payload) {
    new Message(headers, payload).encode(out);
  }

  private static void error(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    exchange.getResponseHeaders().add("x-amzn-errortype", type);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    byte[] body =
        JSON.createObjectNode().put("message", message).toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private void invoke(HttpExchange exchange, String model, JsonNode request) throws IOException {
    try {
      ObjectNode answer =
          behaviour == Behaviour.EMPTY
              ? JSON.createObjectNode()
              : NativeModels.answer(model, request, behaviour == Behaviour.BREAKS_OFF);
      String body = behaviour == Behaviour.GARBAGE ? "no JSON at all" : answer.toString();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.getResponseHeaders().add("X-Amzn-Bedrock-Input-Token-Count", "7");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (NativeModels.Malformed malformed) {
      error(exchange, 400, "ValidationException", malformed.getMessage());
    }
  }

  private void waitForEnd() {
    try {
      closed.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
