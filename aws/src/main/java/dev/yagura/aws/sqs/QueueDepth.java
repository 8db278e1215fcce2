package dev.yagura.aws.sqs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a queue says when it is asked now. SQS counts about right, not exactly.
 *
 * @param waiting messages that nobody has received yet; null where it could not be asked
 * @param inFlight received and not deleted
 * @param deadLetters name of the queue for what nobody can use; empty where there is none
 * @param dead messages in that queue; null where it could not be asked
 * @param missing what does not work or is not allowed, in words
 */
public record QueueDepth(
    @Nullable Long waiting,
    @Nullable Long inFlight,
    String deadLetters,
    @Nullable Long dead,
    List<String> missing) {
  public QueueDepth {
    missing = List.copyOf(missing);
  }
}
