package dev.yagura.connect.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.yagura.base.Suggestion;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of findings with the kind of value that they have: those of the samples of all types.
 * Real findings have more, so that a field that is not here is suspicious only where it is near to
 * one that is, or where the list of its neighbours is complete.
 */
final class KnownFields {
  /** All that a finding has at its top (guardduty.md §2.3). */
  private static final Set<String> TOP =
      Set.of(
          "accountId",
          "arn",
          "associatedAttackSequenceArn",
          "confidence",
          "createdAt",
          "customDetectionRuleName",
          "description",
          "id",
          "partition",
          "region",
          "resource",
          "schemaVersion",
          "service",
          "severity",
          "title",
          "type",
          "updatedAt");

  /** Below these the names are data of a customer. */
  private static final List<String> FREE =
      List.of(
          "detail.service.additionalInfo.",
          "detail.service.action.awsApiCallAction.affectedResources.",
          "detail.service.detection.anomaly.");

  private final Map<String, JsonNodeType> kinds = new LinkedHashMap<>();
  private final Set<String> objects = new TreeSet<>();

  KnownFields(Catalogue catalogue) {
    TOP.forEach(name -> objects.add("detail." + name));
    var samples = new Samples(catalogue);
    catalogue.typeNames().forEach(type -> collect("", samples.event(type)));
    kinds.keySet().forEach(objects::remove);
  }

  private void collect(String path, JsonNode node) {
    if (node.isArray()) {
      node.forEach(element -> collect(path, element));
    } else if (node.isObject()) {
      if (!path.isEmpty()) {
        objects.add(path);
      }
      node.properties()
          .forEach(
              field ->
                  collect(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue()));
    } else if (!node.isNull()) {
      JsonNodeType unused = kinds.putIfAbsent(path, node.getNodeType());
    }
  }

  /** The kind of value of a field, where it is known. */
  Optional<JsonNodeType> kind(String path) {
    return Optional.ofNullable(kinds.get(path));
  }

  /** Whether there are fields below it, so that it has no value of its own. */
  boolean isObject(String path) {
    return !kinds.containsKey(path)
        && kinds.keySet().stream().anyMatch(known -> known.startsWith(path + "."));
  }

  boolean isFree(String path) {
    return FREE.stream().anyMatch(path::startsWith);
  }

  /** A step of the path that is probably a slip, with the name that was meant, or null. */
  @Nullable Slip slip(String path) {
    String[] steps = path.split("\\.");
    String before = "";
    for (String step : steps) {
      String here = before.isEmpty() ? step : before + "." + step;
      if (!isKnown(here)) {
        List<String> neighbours = neighbours(before);
        String near = Suggestion.nearest(step, neighbours);
        boolean complete = before.equals("detail");
        return near != null || complete ? new Slip(here, step, near) : null;
      }
      before = here;
    }
    return null;
  }

  /** A field that no finding has, and what was meant, where that can be told. */
  record Slip(String path, String step, @Nullable String meant) {}

  private boolean isKnown(String path) {
    return kinds.containsKey(path) || objects.contains(path);
  }

  private List<String> neighbours(String parent) {
    String prefix = parent.isEmpty() ? "" : parent + ".";
    List<String> names = new ArrayList<>();
    Set<String> all = new TreeSet<>(kinds.keySet());
    all.addAll(objects);
    for (String known : all) {
      if (known.startsWith(prefix) && known.length() > prefix.length()) {
        String name = known.substring(prefix.length()).split("\\.", 2)[0];
        if (!names.contains(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
