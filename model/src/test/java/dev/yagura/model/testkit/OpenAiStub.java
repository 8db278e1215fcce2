package dev.yagura.model.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A stand-in for a server with OpenAI's API, in its wire format, on the loopback address. */
public final class OpenAiStub implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = Behaviour.ANSWERS;

  public OpenAiStub() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", this::chat);
    server.createContext("/v1/embeddings", this::embed);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  public OpenAiStub does(Behaviour next) {
    behaviour = next;
    return this;
  }

  public List<JsonNode> requests() {
    return requests;
  }

  private void chat(HttpExchange exchange) throws IOException {
    requests.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
    if (!fails(exchange)) {
      stream(exchange);
    }
    exchange.close();
  }

  /** Whether there was an error instead of an answer. */
  private boolean fails(HttpExchange exchange) throws IOException {
    switch (behaviour) {
      case THROTTLED -> error(exchange, 429, "rate_limit_exceeded");
      case DENIED -> error(exchange, 401, "invalid_api_key");
      case WRONG_REQUEST -> error(exchange, 400, "invalid_request_error");
      case DOWN -> error(exchange, 503, "overloaded");
      case SILENT -> waitForEnd();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    switch (behaviour) {
      case GARBAGE -> {
        out.write(new byte[] {'d', 'a', 't', 'a', ':', ' ', (byte) 0xc3, 0x28, '{', '\n', '\n'});
        out.flush();
      }
      case INVALID_UTF8 -> {
        String chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"A\u00c3(\u00ffB\"}}]}\n\n";
        out.write(chunk.getBytes(StandardCharsets.ISO_8859_1));
        end(out, "stop");
      }
      case TOO_LONG -> {
        for (int i = 0; i < 500; i++) {
          delta(out, "content", "x".repeat(1000));
        }
        end(out, "stop");
      }
      case NEVER_ENDS -> {
        delta(out, "content", "I am ");
        waitForEnd();
      }
      case BREAKS_OFF -> delta(out, "content", "I am ");
      case EMPTY -> end(out, "stop");
      case FILTERED -> end(out, "content_filter");
      default -> {
        if (behaviour == Behaviour.THINKS_FIRST) {
          delta(out, "reasoning_content", "Let me think.");
        }
        for (String piece : ChatModelContract.PIECES) {
          delta(out, "content", piece);
        }
        end(out, behaviour == Behaviour.CUT ? "length" : "stop");
      }
    }
  }

  private static void delta(OutputStream out, String field, String text) throws IOException {
    var chunk = JSON.createObjectNode().put("id", "c").put("object", "chat.completion.chunk");
    chunk
        .putArray("choices")
        .addObject()
        .put("index", 0)
        .putObject("delta")
        .put("role", "assistant")
        .put(field, text);
    data(out, chunk.toString());
  }

  private static void end(OutputStream out, String reason) throws IOException {
    var chunk = JSON.createObjectNode().put("id", "c").put("object", "chat.completion.chunk");
    var choice = chunk.putArray("choices").addObject().put("index", 0).put("finish_reason", reason);
    choice.putObject("delta");
    data(out, chunk.toString());
    var usage = JSON.createObjectNode().put("id", "c").put("object", "chat.completion.chunk");
    usage.putArray("choices");
    usage
        .putObject("usage")
        .put("prompt_tokens", 12)
        .put("completion_tokens", 34)
        .put("total_tokens", 46);
    data(out, usage.toString());
    data(out, "[DONE]");
  }

  private static void data(OutputStream out, String line) throws IOException {
    out.write(("data: " + line + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    var body = JSON.createObjectNode();
    body.putObject("error").put("message", code).put("code", code);
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void embed(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
    requests.add(request);
    if (!fails(exchange)) {
      String body = behaviour == Behaviour.GARBAGE ? "no JSON" : embeddings(request).toString();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private ObjectNode embeddings(JsonNode request) {
    var body = JSON.createObjectNode().put("object", "list").put("model", "stub");
    var data = body.putArray("data");
    int lacking =
        behaviour == Behaviour.EMPTY
            ? request.path("input").size()
            : behaviour == Behaviour.BREAKS_OFF ? 1 : 0;
    for (int i = 0; i < request.path("input").size() - lacking; i++) {
      var one = data.addObject().put("object", "embedding").put("index", i).putArray("embedding");
      String text = request.path("input").get(i).asText();
      one.add(0.6).add(Math.floorMod(text.hashCode(), 1000) / 1000.0).add(text.length());
    }
    body.putObject("usage").put("prompt_tokens", 1).put("total_tokens", 1);
    return body;
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
