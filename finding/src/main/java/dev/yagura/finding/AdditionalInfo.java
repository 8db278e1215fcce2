package dev.yagura.finding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Newer findings carry their additional info as JSON in a text; it is merged under the loose keys
 * (guardduty.md §2.5).
 */
final class AdditionalInfo {
  private AdditionalInfo() {}

  static JsonNode merged(JsonNode finding) {
    if (finding.path("service").path("additionalInfo") instanceof ObjectNode info
        && info.path("value").isTextual()) {
      try {
        JsonNode inside = FindingReader.JSON.readTree(info.path("value").asText());
        if (inside instanceof ObjectNode object) {
          object
              .properties()
              .forEach(
                  field -> {
                    if (!info.has(field.getKey())) {
                      info.set(field.getKey(), field.getValue());
                    }
                  });
        }
      } catch (JsonProcessingException freeText) {
        // The value is free text then; the loose keys are all there is.
        return finding;
      }
    }
    return finding;
  }
}
