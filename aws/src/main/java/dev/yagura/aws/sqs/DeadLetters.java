package dev.yagura.aws.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.base.FlowException;
import dev.yagura.base.Problem;
import dev.yagura.connect.intake.Taken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Where messages go that nobody can use: the queue that the settings name, else the one of the
 * source's redrive policy. The body goes there unchanged, the reason beside it.
 */
final class DeadLetters {
  static final String CODE = "ERROR_CODE";
  static final String MESSAGE = "ERROR_MESSAGE";
  static final String SOURCE = "SOURCE_QUEUE";
  static final String ID = "MESSAGE_ID";

  /** Longest reason, in characters. */
  static final int LONGEST = 256;

  /** A limit of SQS. */
  private static final int MOST_ATTRIBUTES = 10;

  private static final Duration REMEMBER = Duration.ofMinutes(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final SqsQueue source;
  private final @Nullable URI given;
  private final InstantSource clock;
  private Optional<URI> policy = Optional.empty();
  private Instant asked = Instant.MIN;

  DeadLetters(SqsQueue source, @Nullable URI given, InstantSource clock) {
    this.source = source;
    this.given = given;
    this.clock = clock;
  }

  /** Empty where the queue has none; a FlowException where it cannot be asked. */
  synchronized Optional<SqsQueue> find() throws InterruptedException {
    if (given != null) {
      return Optional.of(source.beside(given));
    }
    Instant now = clock.instant();
    if (asked.isBefore(now.minus(REMEMBER))) {
      policy = target(source.attributes(QueueAttributeName.REDRIVE_POLICY), source.url());
      asked = now;
    }
    return policy.map(source::beside);
  }

  /**
   * Dead letters are in the same account and Region as their source, so that its URL with another
   * name is theirs and need not be asked for:
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
   */
  static Optional<URI> target(Map<QueueAttributeName, String> attributes, URI source) {
    String policy = attributes.getOrDefault(QueueAttributeName.REDRIVE_POLICY, "");
    try {
      String arn = JSON.readTree(policy).path("deadLetterTargetArn").asText("");
      String name = arn.substring(arn.lastIndexOf(':') + 1);
      String url = source.toString();
      return name.matches("[A-Za-z0-9_.-]{1,80}")
          ? Optional.of(URI.create(url.substring(0, url.lastIndexOf('/') + 1) + name))
          : Optional.empty();
    } catch (JsonProcessingException none) {
      return Optional.empty();
    }
  }

  /**
   * Returns when the message is kept there.
   *
   * @return false where it went there without the reason, because both together are too long
   */
  boolean bury(SqsQueue target, Message message, Taken taken) throws InterruptedException {
    try {
      target.send(copy(target, message).messageAttributes(reason(message, taken)));
      return true;
    } catch (FlowException refused) {
      if (!refused.failure().code().equals(QueueFailures.REFUSED)) {
        throw refused;
      }
      target.send(copy(target, message));
      return false;
    }
  }

  private static SendMessageRequest.Builder copy(SqsQueue target, Message message) {
    var copy = SendMessageRequest.builder().messageBody(message.body());
    if (QueueSettings.isFifo(target.url())) {
      copy.messageGroupId(
              message
                  .attributes()
                  .getOrDefault(MessageSystemAttributeName.MESSAGE_GROUP_ID, "yagura"))
          .messageDeduplicationId(message.messageId());
    }
    return copy;
  }

  private Map<String, MessageAttributeValue> reason(Message message, Taken taken) {
    Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
    attributes.put(CODE, text(taken.refused().getFirst().code()));
    attributes.put(MESSAGE, text(why(taken)));
    attributes.put(SOURCE, text(QueueSettings.lastPart(source.url())));
    attributes.put(ID, text(message.messageId()));
    message
        .messageAttributes()
        .forEach(
            (name, value) -> {
              if (attributes.size() < MOST_ATTRIBUTES) {
                attributes.putIfAbsent(name, value);
              }
            });
    return attributes;
  }

  /** The first reason, and how much of the message it is about. */
  static String why(Taken taken) {
    Problem first = taken.refused().getFirst();
    String about = first.place().subject().isEmpty() ? "" : first.place().subject() + ": ";
    String count =
        taken.parts() > 1
            ? taken.refused().size() + " of " + taken.parts() + " parts are refused; "
            : "";
    return Words.clean(count + about + first.message(), LONGEST);
  }

  private static MessageAttributeValue text(String text) {
    String value = text.isBlank() ? "unknown" : text;
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
