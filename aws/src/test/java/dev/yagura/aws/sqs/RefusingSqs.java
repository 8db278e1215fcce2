package dev.yagura.aws.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers as SQS does where a role may not do a thing: ElasticMQ allows everything. */
final class RefusingSqs implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  final Map<String, String> errors = new ConcurrentHashMap<>();
  final Queue<JsonNode> sent = new ConcurrentLinkedQueue<>();
  volatile boolean attributesAreTooLong;
  private final HttpServer server;

  RefusingSqs() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  String queue() {
    return endpoint() + "/123456789012/findings";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String action = exchange.getRequestHeaders().getFirst("X-Amz-Target").split("\\.")[1];
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    String error = errors.get(action);
    if (action.equals("SendMessage") && error == null) {
      boolean refused = attributesAreTooLong && !request.path("MessageAttributes").isEmpty();
      error = refused ? "InvalidParameterValue" : null;
      sent.add(request);
    }
    if (error == null) {
      respond(exchange, 200, result(action, request));
      return;
    }
    exchange.getResponseHeaders().add("x-amzn-query-error", error + ";Sender");
    String text =
        JSON.createObjectNode()
            .put("__type", "com.amazon.coral.service#" + error + "Exception")
            .put("message", "User: arn:aws:sts::1:assumed-role/yagura is not authorized")
            .toString();
    respond(exchange, error.startsWith("AccessDenied") ? 403 : 400, text);
  }

  private static String result(String action, JsonNode request) {
    return switch (action) {
      case "ReceiveMessage" ->
          "{\"Messages\":[{\"MessageId\":\"m1\",\"ReceiptHandle\":\"h\",\"Body\":\"bad\","
              + "\"MD5OfBody\":\""
              + md5("bad")
              + "\"}]}";
      case "SendMessage" ->
          "{\"MessageId\":\"d1\",\"MD5OfMessageBody\":\""
              + md5(request.path("MessageBody").asText())
              + "\"}";
      case "GetQueueAttributes" ->
          "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"3\",\"RedrivePolicy\":"
              + "\"{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:eu-west-1:1:dead\\\"}\"}}";
      default -> "{\"Successful\":[],\"Failed\":[]}";
    };
  }

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
