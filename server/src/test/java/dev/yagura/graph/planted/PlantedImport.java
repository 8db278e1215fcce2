package dev.yagura.graph.planted;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A class in the core that does what the core may not: the architecture tests must notice. */
public final class PlantedImport {
  private PlantedImport() {}

  static String json(Object value) {
    try {
      return new ObjectMapper().writeValueAsString(value);
    } catch (Exception everything) {
      return "";
    }
  }
}
