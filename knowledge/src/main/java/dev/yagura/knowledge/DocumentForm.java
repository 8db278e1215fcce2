package dev.yagura.knowledge;

import java.util.Arrays;
import java.util.Optional;

/** What the segments of a document are (dify-contract §5.1). */
public enum DocumentForm {
  TEXT("text_model"),
  QUESTIONS("qa_model"),
  PARENT_CHILD("hierarchical_model");

  private final String wire;

  DocumentForm(String wire) {
    this.wire = wire;
  }

  /** The name in Dify's API. */
  public String wire() {
    return wire;
  }

  public static Optional<DocumentForm> of(String wire) {
    return Arrays.stream(values()).filter(form -> form.wire.equals(wire)).findFirst();
  }
}
