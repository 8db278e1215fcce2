package dev.yagura.aws.sqs;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * The calls to one queue: blocking, each with a deadline, each failure named and remembered. What
 * they throw is a FlowException of {@link QueueFailures}.
 */
final class SqsQueue {
  /** Most messages of one call; a limit of SQS. */
  static final int BATCH = 10;

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Supplier<SqsAsyncClient> client;
  private final URI url;
  private final Troubles troubles;
  private final Timing timing;
  private final Set<Runnable> polls = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  SqsQueue(Supplier<SqsAsyncClient> client, URI url, Troubles troubles, Timing timing) {
    this.client = client;
    this.url = url;
    this.troubles = troubles;
    this.timing = timing;
  }

  URI url() {
    return url;
  }

  /** The same calls to another queue, whose failures are its own. */
  SqsQueue beside(URI other) {
    return new SqsQueue(client, other, troubles, timing);
  }

  /** Waits for messages; a CancellationException when {@link #stopReceiving} was called. */
  List<Message> receive(int most) throws InterruptedException {
    Duration deadline = timing.poll().plus(timing.call());
    var request =
        ReceiveMessageRequest.builder()
            .queueUrl(url.toString())
            .maxNumberOfMessages(most)
            .waitTimeSeconds((int) timing.poll().toSeconds())
            .visibilityTimeout((int) timing.visibility().toSeconds())
            .messageAttributeNames("All")
            .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID)
            .overrideConfiguration(within(deadline))
            .build();
    return call(Action.RECEIVE, deadline, sqs -> sqs.receiveMessage(request)).messages();
  }

  /** Lets go of long polls, for good. */
  void stopReceiving() {
    closed = true;
    polls.forEach(Runnable::run);
  }

  void delete(List<Message> messages) throws InterruptedException {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Message message : messages) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id(String.valueOf(entries.size()))
              .receiptHandle(message.receiptHandle())
              .build());
    }
    var request =
        DeleteMessageBatchRequest.builder()
            .queueUrl(url.toString())
            .entries(entries)
            .overrideConfiguration(within(timing.call()))
            .build();
    var answer = call(Action.DELETE, timing.call(), sqs -> sqs.deleteMessageBatch(request));
    settle(Action.DELETE, answer.failed());
  }

  /** Hides messages from others for so long, from now on; zero shows them at once. */
  void hide(List<Message> messages, Duration time) throws InterruptedException {
    List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
    for (Message message : messages) {
      entries.add(
          ChangeMessageVisibilityBatchRequestEntry.builder()
              .id(String.valueOf(entries.size()))
              .receiptHandle(message.receiptHandle())
              .visibilityTimeout((int) time.toSeconds())
              .build());
    }
    var request =
        ChangeMessageVisibilityBatchRequest.builder()
            .queueUrl(url.toString())
            .entries(entries)
            .overrideConfiguration(within(timing.call()))
            .build();
    var answer =
        call(Action.EXTEND, timing.call(), sqs -> sqs.changeMessageVisibilityBatch(request));
    settle(Action.EXTEND, answer.failed());
  }

  void send(SendMessageRequest.Builder message) throws InterruptedException {
    var request =
        message.queueUrl(url.toString()).overrideConfiguration(within(timing.call())).build();
    var unused = call(Action.BURY, timing.call(), sqs -> sqs.sendMessage(request));
  }

  Map<QueueAttributeName, String> attributes(QueueAttributeName... names)
      throws InterruptedException {
    return call(
            Action.ASK,
            timing.call(),
            sqs ->
                sqs.getQueueAttributes(
                    request ->
                        request
                            .queueUrl(url.toString())
                            .attributeNames(names)
                            .overrideConfiguration(within(timing.call()))))
        .attributes();
  }

  private static AwsRequestOverrideConfiguration within(Duration deadline) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallTimeout(deadline)
        .apiCallAttemptTimeout(deadline)
        .build();
  }

  /** A batch is answered with 200 even where nothing of it was done. */
  private void settle(Action action, List<BatchResultErrorEntry> failed) {
    if (!failed.isEmpty()) {
      String said = failed.getFirst().code() + ": " + failed.getFirst().message();
      Failure failure =
          Failure.upstream(
              "QueuePartly",
              describe()
                  + ": "
                  + action.permission()
                  + " did not work for "
                  + failed.size()
                  + " messages, which come again: "
                  + Words.clean(said, Words.LINE),
              true);
      troubles.happened(action, failure);
      throw failure.asException();
    }
  }

  String describe() {
    return "queue " + QueueSettings.lastPart(url);
  }

  @Boundary("what the SDK throws is named; a cancelled call stays one")
  private <T> T call(
      Action action, Duration deadline, Function<SqsAsyncClient, CompletableFuture<T>> order)
      throws InterruptedException {
    try {
      CompletableFuture<T> answer = order.apply(client.get());
      T result = action == Action.RECEIVE ? poll(answer, deadline) : await(answer, deadline);
      troubles.over(action);
      return result;
    } catch (CancellationException stopping) {
      throw stopping;
    } catch (ExecutionException | TimeoutException | RuntimeException failed) {
      FlowException named = QueueFailures.of(action, describe(), failed);
      troubles.happened(action, named.failure());
      throw named;
    }
  }

  private <T> T poll(CompletableFuture<T> answer, Duration deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    Runnable cancel = () -> answer.cancel(true);
    polls.add(cancel);
    try {
      if (closed) {
        cancel.run();
      }
      return await(answer, deadline);
    } finally {
      polls.remove(cancel);
    }
  }

  private static <T> T await(CompletableFuture<T> answer, Duration deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return answer.get(deadline.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      answer.cancel(true);
    }
  }
}
