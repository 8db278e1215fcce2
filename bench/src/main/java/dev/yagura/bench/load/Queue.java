package dev.yagura.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue with dead letters in an ElasticMQ of this process, asked over SQS's JSON protocol.
 * ElasticMQ is only there when this runs: what it is made of stays out of what is compiled.
 */
final class Queue implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int RECEIPTS = 1_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Object server;
  private final String endpoint;

  Queue() throws IOException, ReflectiveOperationException, InterruptedException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    this.endpoint = "http://127.0.0.1:" + port;
    Class<?> builder = Class.forName("org.elasticmq.rest.sqs.SQSRestServerBuilder");
    Object withPort = builder.getMethod("withPort", int.class).invoke(null, port);
    Object bound =
        withPort.getClass().getMethod("withInterface", String.class).invoke(withPort, "127.0.0.1");
    this.server = bound.getClass().getMethod("start").invoke(bound);
    JsonNode unused = call("CreateQueue", JSON.createObjectNode().put("QueueName", "dead"));
    ObjectNode queue = JSON.createObjectNode().put("QueueName", "findings");
    queue
        .putObject("Attributes")
        .put(
            "RedrivePolicy",
            "{\"deadLetterTargetArn\":\"arn:aws:sqs:elasticmq:000000000000:dead\","
                + "\"maxReceiveCount\":\""
                + RECEIPTS
                + "\"}");
    JsonNode made = call("CreateQueue", queue);
    if (!made.has("QueueUrl")) {
      throw new IllegalStateException("no queue was made: " + made);
    }
  }

  String endpoint() {
    return endpoint;
  }

  String url() {
    return url("findings");
  }

  private String url(String name) {
    return endpoint + "/000000000000/" + name;
  }

  private JsonNode call(String action, ObjectNode body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(endpoint))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS." + action)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(action + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
  }

  /** Sends at most ten messages. */
  void send(List<String> bodies) throws IOException, InterruptedException {
    ObjectNode batch = JSON.createObjectNode().put("QueueUrl", url());
    ArrayNode entries = batch.putArray("Entries");
    for (int i = 0; i < bodies.size(); i++) {
      entries.addObject().put("Id", "m" + i).put("MessageBody", bodies.get(i));
    }
    JsonNode answer = call("SendMessageBatch", batch);
    if (answer.path("Successful").size() != bodies.size()) {
      throw new IllegalStateException("not all were sent: " + answer.path("Failed"));
    }
  }

  /** Messages that wait or that somebody has received. */
  int depth() throws IOException, InterruptedException {
    ObjectNode asked = JSON.createObjectNode().put("QueueUrl", url());
    asked.putArray("AttributeNames").add("All");
    JsonNode found = call("GetQueueAttributes", asked).path("Attributes");
    return found.path("ApproximateNumberOfMessages").asInt()
        + found.path("ApproximateNumberOfMessagesNotVisible").asInt();
  }

  /** All dead letters, received until none comes any more. */
  List<JsonNode> dead() throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    ObjectNode asked =
        JSON.createObjectNode()
            .put("QueueUrl", url("dead"))
            .put("MaxNumberOfMessages", 10)
            .put("VisibilityTimeout", 600);
    asked.putArray("MessageAttributeNames").add("All");
    JsonNode some = call("ReceiveMessage", asked).path("Messages");
    while (!some.isEmpty()) {
      some.forEach(all::add);
      some = call("ReceiveMessage", asked).path("Messages");
    }
    return all;
  }

  @Override
  public void close() throws ReflectiveOperationException {
    Method stop = server.getClass().getMethod("stopAndWait");
    Object unused = stop.invoke(server);
    client.close();
  }
}
