package dev.yagura.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.model.ModelFailures;

/** Vectors in the answers of embedding models. */
final class VectorJson {
  private VectorJson() {}

  /**
   * @param field where it was, for the message of a FlowException where there is no vector
   */
  static float[] read(JsonNode numbers, String field) {
    if (!numbers.isArray() || numbers.isEmpty()) {
      throw unreadable(field);
    }
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      if (!numbers.get(i).isNumber()) {
        throw unreadable(field);
      }
      vector[i] = numbers.get(i).floatValue();
    }
    return vector;
  }

  private static RuntimeException unreadable(String field) {
    return ModelFailures.unreadable("no vector in " + field + " (expected: an array of numbers)");
  }
}
