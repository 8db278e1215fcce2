package dev.yagura.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.yagura.lambda.Delivery.Outcome;
import dev.yagura.lambda.Invocation.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Delivers the messages of a queue side by side and names those that failed. A message that can
 * never be delivered is among them: the queue moves it to its dead-letter queue, where somebody
 * sees it, instead of a log that nobody reads.
 */
final class Batches {
  /** Messages under way at once. */
  private static final int AT_ONCE = 10;

  private final Delivery delivery;

  Batches(Delivery delivery) {
    this.delivery = delivery;
  }

  /**
   * The answer for Lambda's poller.
   *
   * @throws NotDelivered where all have failed: without ReportBatchItemFailures the poller would
   *     take an answer for success and delete them
   */
  JsonObject deliver(List<Message> messages, Deadline deadline, Log log)
      throws InterruptedException {
    List<String> failed = new ArrayList<>();
    Map<Message, Future<Boolean>> underWay = new LinkedHashMap<>();
    var places = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Message message : messages) {
        underWay.put(message, threads.submit(() -> isDelivered(message, places, deadline, log)));
      }
      for (Map.Entry<Message, Future<Boolean>> one : underWay.entrySet()) {
        if (!isTrue(one.getValue(), log.with("messageId", one.getKey().id()))) {
          failed.add(one.getKey().id());
        }
      }
    }
    if (!messages.isEmpty() && failed.size() == messages.size()) {
      throw new NotDelivered("none of the " + failed.size() + " messages was delivered");
    }
    return answer(failed);
  }

  private boolean isDelivered(Message message, Semaphore places, Deadline deadline, Log log)
      throws InterruptedException {
    Log own = log.with("messageId", message.id());
    Map<String, Long> receives = Map.of("receives", message.receives());
    places.acquire();
    try {
      Outcome outcome = delivery.deliver(message.body(), deadline, own);
      if (outcome == Outcome.UNUSABLE) {
        own.warn("the message is left to the queue's dead-letter queue", receives);
      }
      return outcome != Outcome.UNUSABLE;
    } catch (NotDelivered unusedIsInTheLog) {
      own.warn("the message goes back to the queue", receives);
      return false;
    } finally {
      places.release();
    }
  }

  /** A defect of ours in one message must not delete it, nor send the others again. */
  private static boolean isTrue(Future<Boolean> delivered, Log log) throws InterruptedException {
    try {
      return delivered.get();
    } catch (ExecutionException defect) {
      log.error("the message goes back to the queue: " + kind(defect), Map.of());
      return false;
    }
  }

  /** The message of an exception may repeat what it was about. */
  private static String kind(ExecutionException defect) {
    return defect.getCause() == null ? "" : defect.getCause().getClass().getSimpleName();
  }

  private static JsonObject answer(List<String> failed) {
    var failures = new JsonArray();
    for (String id : failed) {
      var one = new JsonObject();
      one.addProperty("itemIdentifier", id);
      failures.add(one);
    }
    var answer = new JsonObject();
    answer.add("batchItemFailures", failures);
    return answer;
  }
}
