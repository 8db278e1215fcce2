package dev.yagura.aws.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Queues of an ElasticMQ in this process, on the loopback address. */
public final class ElasticQueues implements AutoCloseable {
  private final SQSRestServer server;
  private final URI endpoint;
  private final SqsAsyncClient client;

  public ElasticQueues() {
    server = SQSRestServerBuilder.withDynamicPort().withInterface("127.0.0.1").start();
    int port = server.waitUntilStarted().localAddress().getPort();
    endpoint = URI.create("http://127.0.0.1:" + port);
    client =
        SqsAsyncClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
            .httpClientBuilder(NettyNioAsyncHttpClient.builder())
            .build();
  }

  public URI endpoint() {
    return endpoint;
  }

  /** A queue without dead letters; gives its URL. */
  public String make(String name) {
    String unused = client.createQueue(request -> request.queueName(name)).join().queueUrl();
    return endpoint + "/000000000000/" + name;
  }

  /** A queue whose dead letters go to NAME-dead. */
  public String makeWithDeadLetters(String name, int receipts) {
    make(name + "-dead");
    String policy =
        "{\"deadLetterTargetArn\":\"arn:aws:sqs:elasticmq:000000000000:"
            + name
            + "-dead\",\"maxReceiveCount\":\""
            + receipts
            + "\"}";
    String unused =
        client
            .createQueue(
                request ->
                    request
                        .queueName(name)
                        .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
            .join()
            .queueUrl();
    return endpoint + "/000000000000/" + name;
  }

  public void send(String url, String body) {
    client.sendMessage(request -> request.queueUrl(url).messageBody(body)).join();
  }

  public void delete(String url) {
    client.deleteQueue(request -> request.queueUrl(url)).join();
  }

  /** Messages of a queue, received and not deleted; waits for the first. */
  public List<Message> messages(String url) {
    return client
        .receiveMessage(
            request ->
                request
                    .queueUrl(url)
                    .maxNumberOfMessages(10)
                    .waitTimeSeconds(5)
                    .messageAttributeNames("All"))
        .join()
        .messages();
  }

  /** All messages of a queue: those that wait, and those that somebody has received. */
  public int depth(String url) {
    Map<QueueAttributeName, String> found =
        client
            .getQueueAttributes(
                request ->
                    request
                        .queueUrl(url)
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .join()
            .attributes();
    return found.values().stream().mapToInt(Integer::parseInt).sum();
  }

  /** Waits until a queue holds so many messages, half a minute at most. */
  public void awaitDepth(String url, int expected) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (depth(url) != expected) {
      if (System.nanoTime() > end) {
        throw new AssertionError(url + " holds " + depth(url) + ", not " + expected);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }
}
