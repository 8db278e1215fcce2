package dev.yagura.finding.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.finding.FindingType;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.catalogue.TypeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Makes EventBridge events with sample findings: any type of the catalogue, always the same for the
 * same type. Addresses are from the ranges for documentation, names end in {@code .test} or say
 * that they are examples.
 */
public final class Samples {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNT = "123456789012";
  private static final String REGION = "ap-northeast-1";
  private static final String DETECTOR = "0123456789abcdef0123456789abcdef";
  private static final String FIRST = "2026-11-20T01:10:08.000Z";
  private static final String LAST = "2026-11-20T01:25:23.000Z";

  private final Catalogue catalogue;
  private final JsonNode parts;

  public Samples(Catalogue catalogue) {
    this.catalogue = catalogue;
    try (InputStream in = Samples.class.getResourceAsStream("parts.json")) {
      this.parts = JSON.readTree(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** An EventBridge event with a sample finding of the type. */
  public ObjectNode event(String typeName) {
    TypeEntry entry = catalogue.entry(FindingType.of(typeName));
    String id = UUID.nameUUIDFromBytes(typeName.getBytes(StandardCharsets.UTF_8)).toString();
    ObjectNode event = JSON.createObjectNode();
    event
        .put("version", "0")
        .put("id", id)
        .put("detail-type", "GuardDuty Finding")
        .put("source", "aws.guardduty")
        .put("account", ACCOUNT)
        .put("time", LAST)
        .put("region", REGION)
        .putArray("resources");
    event.set("detail", detail(entry, id.replace("-", "")));
    return event;
  }

  private ObjectNode detail(TypeEntry entry, String id) {
    Recipe recipe = Recipe.of(FindingType.of(entry.type()), entry.family());
    ObjectNode detail = JSON.createObjectNode();
    detail
        .put("schemaVersion", "2.0")
        .put("accountId", ACCOUNT)
        .put("region", REGION)
        .put("partition", "aws")
        .put("id", id)
        .put(
            "arn",
            "arn:aws:guardduty:"
                + REGION
                + ":"
                + ACCOUNT
                + ":detector/"
                + DETECTOR
                + "/finding/"
                + id)
        .put("type", entry.type())
        .put("severity", entry.sampleSeverity())
        .put("createdAt", FIRST)
        .put("updatedAt", LAST)
        .put("title", "Sample finding of the type " + entry.type())
        .put("description", "Sample finding of the type " + entry.type() + ".");
    if (entry.family().equals("custom-rule")) {
      detail.put("customDetectionRuleName", "sample-rule");
    }
    detail.set("resource", part("resources", recipe.resource()));
    if (recipe.host()) {
      ((ObjectNode) detail.get("resource"))
          .set("instanceDetails", part("resources", "Instance").get("instanceDetails"));
    }
    detail.set("service", service(recipe));
    SampleActions.fit(detail, FindingType.of(entry.type()), entry.family());
    return detail;
  }

  private ObjectNode service(Recipe recipe) {
    ObjectNode service = JSON.createObjectNode();
    service
        .put("serviceName", "guardduty")
        .put("detectorId", DETECTOR)
        .put("archived", false)
        .put("count", 2)
        .put("eventFirstSeen", FIRST)
        .put("eventLastSeen", LAST);
    part("services", recipe.service())
        .properties()
        .forEach(field -> service.set(field.getKey(), field.getValue()));
    if (recipe.withProcess()) {
      service.set("runtimeDetails", part("services", "runtime").get("runtimeDetails"));
    }
    service
        .putObject("additionalInfo")
        .put("sample", true)
        .put("value", "{\"sample\":true}")
        .put("type", "default");
    return service;
  }

  private ObjectNode part(String kind, String name) {
    ObjectNode part = parts.get(kind).get(name).deepCopy();
    fillRemote(part);
    return part;
  }

  private void fillRemote(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("remoteIpDetails").isTextual()) {
      object.set("remoteIpDetails", parts.get("remote").deepCopy());
    }
    node.forEach(this::fillRemote);
  }
}
