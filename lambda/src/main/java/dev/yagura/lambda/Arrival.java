package dev.yagura.lambda;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;

/** What one body turned out to be, after the wrappings of SNS and of double encoding. */
sealed interface Arrival {
  /**
   * To be delivered.
   *
   * @param text as it came, so that the server sees what AWS has sent
   * @param finding the finding in it; empty where the server has to look for it itself
   */
  record Event(String text, JsonObject finding) implements Arrival {
    String id() {
      return named("id");
    }

    String updatedAt() {
      return named("updatedAt");
    }

    String type() {
      return named("type");
    }

    Optional<JsonPrimitive> severity() {
      return value("severity").filter(JsonPrimitive::isNumber);
    }

    private String named(String name) {
      return value(name).filter(JsonPrimitive::isString).map(JsonPrimitive::getAsString).orElse("");
    }

    /** The SDKs and the CLI write names with a capital. */
    private Optional<JsonPrimitive> value(String name) {
      String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
      JsonElement value = finding.has(name) ? finding.get(name) : finding.get(capital);
      return value instanceof JsonPrimitive primitive ? Optional.of(primitive) : Optional.empty();
    }
  }

  /** An event, but not of the kind that is handed over. */
  record Other(String detailType) implements Arrival {}

  /** Nothing that could ever be delivered. */
  record Unusable(String why) implements Arrival {}

  String DETAIL_TYPE = "GuardDuty Finding";

  /** EventBridge, SNS, SNS into SQS, and each of them encoded once more. */
  int MAX_WRAPPINGS = 5;

  static Arrival of(String body) {
    String text = body;
    for (int wrapping = 0; wrapping <= MAX_WRAPPINGS; wrapping++) {
      Optional<JsonElement> parsed = Json.parse(text);
      if (parsed.isEmpty()) {
        return new Unusable("the body is no JSON (expected: an event of EventBridge)");
      }
      Optional<String> inner = wrapped(parsed.get());
      if (inner.isEmpty()) {
        return kind(text, parsed.get());
      }
      text = inner.get();
    }
    return new Unusable(
        "the body is wrapped too often (expected: at most " + MAX_WRAPPINGS + " times)");
  }

  private static Optional<String> wrapped(JsonElement element) {
    if (element instanceof JsonPrimitive value && value.isString()) {
      return Optional.of(value.getAsString());
    }
    return Json.text(element, "Type").equals("Notification")
        ? Optional.of(Json.text(element, "Message"))
        : Optional.empty();
  }

  private static Arrival kind(String text, JsonElement element) {
    if (!(element instanceof JsonObject object)) {
      return element.isJsonArray()
          ? new Event(text, new JsonObject())
          : new Unusable("the body is no object (expected: an event of EventBridge)");
    }
    if (!object.has("detail-type")) {
      return new Event(text, object);
    }
    String detailType = Json.text(object, "detail-type");
    return detailType.equals(DETAIL_TYPE)
        ? new Event(text, Json.object(object, "detail"))
        : new Other(detailType);
  }
}
