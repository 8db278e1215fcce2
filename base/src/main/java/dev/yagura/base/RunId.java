package dev.yagura.base;

/** The id of one run of a workflow: a UUID in text form, as Dify's {@code workflow_run_id}. */
public record RunId(String value) {
  public RunId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("run id is blank (expected: a UUID)");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
