package dev.yagura.aws.sqs;

import dev.yagura.base.FlowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Asks a queue how deep it is and what this role may do with it, and changes nothing: deleting and
 * hiding are tried with a handle that no message has. Only an answer that the role is not allowed
 * counts; receiving is not tried, because each receipt brings a message nearer to the dead letters.
 */
final class QueueCheck {
  private static final QueueAttributeName[] DEPTH = {
    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
    QueueAttributeName.REDRIVE_POLICY
  };
  private static final Message NONE =
      Message.builder().messageId("none").receiptHandle("AQEBnone").build();

  private final SqsQueue queue;
  private final QueueSettings settings;
  private final List<String> missing = new ArrayList<>();

  /**
   * @param queue with troubles of its own: what is tried here is no trouble of the pollers
   */
  QueueCheck(SqsQueue queue, QueueSettings settings) {
    this.queue = queue;
    this.settings = settings;
  }

  QueueDepth ask() throws InterruptedException {
    Map<QueueAttributeName, String> found = asked(queue);
    if (found == null) {
      return new QueueDepth(null, null, "", null, missing);
    }
    allowed(() -> queue.delete(List.of(NONE)));
    allowed(() -> queue.hide(List.of(NONE), java.time.Duration.ZERO));
    Optional<SqsQueue> dead =
        Optional.ofNullable(settings.deadLetters())
            .or(() -> DeadLetters.target(found, queue.url()))
            .map(queue::beside);
    Long waitingThere = null;
    if (dead.isPresent()) {
      Map<QueueAttributeName, String> there = asked(dead.get());
      waitingThere = there == null ? null : waiting(there);
    }
    return new QueueDepth(
        waiting(found),
        number(found, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
        dead.map(one -> QueueSettings.lastPart(one.url())).orElse(""),
        waitingThere,
        missing);
  }

  private static long waiting(Map<QueueAttributeName, String> found) {
    return number(found, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  private static long number(Map<QueueAttributeName, String> found, QueueAttributeName name) {
    String text = found.getOrDefault(name, "0");
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private @Nullable Map<QueueAttributeName, String> asked(SqsQueue one)
      throws InterruptedException {
    try {
      return one.attributes(DEPTH);
    } catch (FlowException refused) {
      missing.add(refused.failure().message());
      return null;
    }
  }

  private interface Call {
    void run() throws InterruptedException;
  }

  private void allowed(Call call) throws InterruptedException {
    try {
      call.run();
    } catch (FlowException answered) {
      if (answered.failure().code().equals(QueueFailures.DENIED)) {
        missing.add(answered.failure().message());
      }
    }
  }
}
