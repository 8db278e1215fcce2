package dev.yagura.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the function was invoked with: one event, or a batch of a queue. */
sealed interface Invocation {
  record Single(String body) implements Invocation {}

  record Batch(List<Message> messages) implements Invocation {}

  /**
   * A message of Amazon SQS.
   *
   * @param receives how often it has been received, this time included; 0 where it is not said
   */
  record Message(String id, String body, long receives) {}

  /** A batch whose messages cannot be told apart cannot be answered. */
  static Invocation of(String payload) {
    Optional<JsonElement> parsed = Json.parse(payload);
    if (!(parsed.orElse(null) instanceof JsonObject object)
        || !(object.get("Records") instanceof JsonArray records)) {
      return new Single(payload);
    }
    List<Message> messages = new ArrayList<>();
    for (JsonElement one : records) {
      if (Json.text(one, "eventSource").equals("aws:sqs")) {
        messages.add(message(one));
      } else if (Json.text(one, "EventSource").equals("aws:sns") && records.size() == 1) {
        return new Single(Json.text(Json.object(one, "Sns"), "Message"));
      } else {
        return new Single(payload);
      }
    }
    return new Batch(messages);
  }

  private static Message message(JsonElement one) {
    String id = Json.text(one, "messageId");
    if (id.isEmpty()) {
      throw new NotDelivered("a message of the batch has no messageId (expected: one of each)");
    }
    String receives = Json.text(Json.object(one, "attributes"), "ApproximateReceiveCount");
    return new Message(
        id, Json.text(one, "body"), receives.matches("\\d{1,9}") ? Long.parseLong(receives) : 0);
  }
}
