package dev.yagura.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** Events as AWS writes them. */
final class Findings {
  static final String ID = "1ab92989eaf0e742df4a014d5a8e1234";
  static final String UPDATED = "2026-11-24T01:02:03.456Z";

  private Findings() {}

  static String event() {
    return event(ID);
  }

  /** The text has what must not be written anew: spaces, a number with a fraction of zero. */
  static String event(String id) {
    return """
    {"version":"0","id":"e-1","detail-type":"GuardDuty Finding","source":"aws.guardduty",
     "account":"111122223333","region":"eu-west-1","resources":[],
     "detail":{"id":"%s","type":"Recon:EC2/PortProbeUnprotectedPort","severity":5.0,
      "updatedAt":"%s","title":"EVIL <!channel> \\"quoted\\" 日本"}}\
    """
        .formatted(id, UPDATED);
  }

  static String other() {
    return """
    {"detail-type":"GuardDuty Runtime Protection Unhealthy","source":"aws.guardduty","detail":{}}\
    """;
  }

  /** As SNS puts a message into a queue. */
  static String notification(String message) {
    JsonObject envelope = new JsonObject();
    envelope.addProperty("Type", "Notification");
    envelope.addProperty("MessageId", "n-1");
    envelope.addProperty("Message", message);
    return envelope.toString();
  }

  /** As SNS invokes a function. */
  static String sns(String message) {
    JsonObject sns = new JsonObject();
    sns.addProperty("MessageId", "n-1");
    sns.addProperty("Message", message);
    JsonObject record = new JsonObject();
    record.addProperty("EventSource", "aws:sns");
    record.add("Sns", sns);
    return records(record);
  }

  static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }

  /** A batch of a queue; the messages are m0, m1 and so on. */
  static String batch(String... bodies) {
    JsonObject[] records = new JsonObject[bodies.length];
    for (int i = 0; i < bodies.length; i++) {
      JsonObject attributes = new JsonObject();
      attributes.addProperty("ApproximateReceiveCount", "2");
      JsonObject record = new JsonObject();
      record.addProperty("messageId", "m" + i);
      record.addProperty("eventSource", "aws:sqs");
      record.addProperty("body", bodies[i]);
      record.add("attributes", attributes);
      records[i] = record;
    }
    return records(records);
  }

  private static String records(JsonObject... records) {
    JsonArray all = new JsonArray();
    for (JsonObject record : records) {
      all.add(record);
    }
    JsonObject event = new JsonObject();
    event.add("Records", all);
    return event.toString();
  }
}
