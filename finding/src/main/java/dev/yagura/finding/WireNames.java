package dev.yagura.finding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * Brings a finding's names into GuardDuty's camelCase: the SDKs and the command line write
 * PascalCase, and the conversion is not mechanical (guardduty.md §2.1). Keys of maps, such as
 * resource ARNs, stay as they are.
 */
final class WireNames {
  /** Parts whose keys are data; the number is how many levels of keys. */
  private static final Map<String, Integer> MAPS =
      Map.of("affectedResources", 1, "profiles", 2, "behavior", 2);

  private static final Map<String, String> EVERYWHERE = Map.of("sourceIps", "sourceIPs");

  private static final Map<String, Map<String, String>> INSIDE =
      Map.of(
          "productCodes", Map.of("code", "productCodeId", "productType", "productCodeType"),
          "taskDetails", Map.of("taskCreatedAt", "createdAt"),
          "geoLocation", Map.of("latitude", "lat", "longitude", "lon"),
          "account", Map.of("name", "account"),
          "kubernetesWorkload", Map.of("kubernetesResourcesTypes", "type"));

  private static final Set<String> RAW = Set.of("additionalInfo");

  private WireNames() {}

  static JsonNode camelCase(JsonNode node) {
    return convert(node, "", 0);
  }

  private static JsonNode convert(JsonNode node, String inside, int mapLevels) {
    if (node.isArray()) {
      var items = JsonNodeFactory.instance.arrayNode(node.size());
      node.forEach(item -> items.add(convert(item, inside, mapLevels)));
      return items;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode converted = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = mapLevels > 0 ? field.getKey() : rename(field.getKey(), inside);
      int levels = mapLevels > 0 ? mapLevels - 1 : MAPS.getOrDefault(name, 0);
      JsonNode value =
          RAW.contains(name) ? lowerTop(field.getValue()) : convert(field.getValue(), name, levels);
      converted.set(name, value);
    }
    return converted;
  }

  private static JsonNode lowerTop(JsonNode info) {
    if (!info.isObject()) {
      return info;
    }
    ObjectNode lowered = JsonNodeFactory.instance.objectNode();
    info.properties().forEach(field -> lowered.set(lowerFirst(field.getKey()), field.getValue()));
    return lowered;
  }

  private static String rename(String key, String inside) {
    String lower = lowerFirst(key);
    String renamed = EVERYWHERE.getOrDefault(lower, lower);
    return INSIDE.getOrDefault(inside, Map.of()).getOrDefault(renamed, renamed);
  }

  private static String lowerFirst(String key) {
    return key.isEmpty() ? key : Character.toLowerCase(key.charAt(0)) + key.substring(1);
  }
}
