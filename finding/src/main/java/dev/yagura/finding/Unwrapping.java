package dev.yagura.finding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.finding.FindingReader.Item;
import java.util.ArrayList;
import java.util.List;

/** Takes findings out of what they are wrapped in. */
final class Unwrapping {
  /** Most wrappings inside each other: SQS in SNS in a list and so on. */
  private static final int MAX_DEPTH = 12;

  private static final String[] LISTS = {"findings", "Findings", "Records", "Messages"};
  private static final String[] MESSAGES = {"body", "Body", "Message"};

  private final Place place;
  private final List<Item> items = new ArrayList<>();

  Unwrapping(Place place) {
    this.place = place;
  }

  List<Item> unwrap(JsonNode json) {
    unwrap(json, "", "", MAX_DEPTH);
    return items;
  }

  private void unwrap(JsonNode json, String account, String region, int depth) {
    if (items.size() > FindingReader.MAX_ITEMS) {
      return;
    }
    if (items.size() == FindingReader.MAX_ITEMS) {
      refuse("too-many", "more than " + FindingReader.MAX_ITEMS + " items; the rest is left out");
    } else if (depth == 0) {
      refuse("too-deep", "wrapped more than " + MAX_DEPTH + " times");
    } else if (json.isArray()) {
      if (json.isEmpty()) {
        refuse("no-finding", "an empty list (expected: findings)");
      }
      json.forEach(item -> unwrap(item, account, region, depth - 1));
    } else if (json.isTextual()) {
      message(json.asText(), account, region, depth);
    } else if (json instanceof ObjectNode object) {
      object(object, account, region, depth);
    } else {
      refuse("no-finding", "JSON that is no finding (expected: an object with a type)");
    }
  }

  private void object(ObjectNode object, String account, String region, int depth) {
    if (object.has("detail-type") || (object.has("detail") && object.has("source"))) {
      event(object);
      return;
    }
    for (String key : LISTS) {
      if (object.path(key).isArray()) {
        unwrap(object.path(key), account, region, depth - 1);
        return;
      }
    }
    if (object.get("Sns") instanceof ObjectNode sns) {
      object(sns, account, region, depth - 1);
      return;
    }
    for (String key : MESSAGES) {
      if (object.path(key).isTextual()) {
        message(object.path(key).asText(), account, region, depth - 1);
        return;
      }
    }
    finding(object, account, region);
  }

  private void message(String text, String account, String region, int depth) {
    try {
      unwrap(FindingReader.JSON.readTree(text), account, region, depth - 1);
    } catch (JsonProcessingException broken) {
      refuse(
          "invalid-json", "the message inside is no valid JSON (expected: an event or a finding)");
    }
  }

  private void event(ObjectNode event) {
    String kind = event.path("detail-type").asText("");
    if (!kind.equals("GuardDuty Finding")) {
      other(event, kind);
    } else if (event.get("detail") instanceof ObjectNode detail) {
      finding(detail, event.path("account").asText(""), event.path("region").asText(""));
    } else {
      refuse("no-detail", "an event without detail (expected: the finding under 'detail')");
    }
  }

  /** No finding, but perhaps something that a rule gives a workflow to. */
  private void other(ObjectNode event, String kind) {
    String message =
        "an event '"
            + Untrusted.clean(kind, Untrusted.NAME)
            + "' from "
            + Untrusted.clean(event.path("source").asText("unknown"), Untrusted.NAME)
            + " is no finding (expected: detail-type 'GuardDuty Finding')";
    boolean whole =
        !kind.isBlank()
            && event.path("source").isTextual()
            && event.path("detail").isObject()
            && event.toString().length() <= FindingReader.MAX_FINDING_BYTES;
    Problem problem = Problem.error("other-event", message, here());
    items.add(whole ? new Item.Refused(problem, event) : new Item.Refused(problem));
  }

  private void finding(ObjectNode raw, String account, String region) {
    Tree body = new Tree(AdditionalInfo.merged(WireNames.camelCase(raw)));
    String type = body.text("type");
    boolean known =
        body.at("severity").isPresent()
            || body.at("resource").isPresent()
            || body.at("service").isPresent()
            || body.at("accountId").isPresent();
    if (type == null || !known) {
      refuse(
          "no-finding",
          "JSON that is no GuardDuty finding"
              + (type == null ? ": it has no type" : ": it has neither severity nor resource")
              + " (expected: type, severity, resource, service)");
      return;
    }
    int size = raw.toString().length();
    if (size > FindingReader.MAX_FINDING_BYTES) {
      refuse(
          "too-large",
          "a finding of "
              + size
              + " characters (expected: at most "
              + FindingReader.MAX_FINDING_BYTES
              + ")");
      return;
    }
    items.add(
        new Item.Accepted(
            new Finding(
                FindingType.of(Untrusted.clean(type, 200)),
                Untrusted.clean(body.text("id", ""), Untrusted.NAME),
                body.number("severity"),
                Untrusted.clean(body.text("accountId", account), 20),
                Untrusted.clean(region.isEmpty() ? body.text("region", "") : region, 30),
                body)));
  }

  private void refuse(String code, String message) {
    items.add(FindingReader.refused(here(), code, message));
  }

  private Place here() {
    return place.about(items.isEmpty() ? "" : "item " + (items.size() + 1));
  }
}
