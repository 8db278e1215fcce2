package dev.yagura.dify;

import dev.yagura.base.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a file.
 *
 * @param status as Dify's import answers it
 * @param workflow present unless the status is {@link Status#FAILED}
 * @param problems all of them, in the order of the file
 */
public record Imported(Status status, Optional<Workflow> workflow, List<Problem> problems) {

  /** dify-contract §1.3. */
  public enum Status {
    COMPLETED("completed"),
    COMPLETED_WITH_WARNINGS("completed-with-warnings"),
    /** The file is of a newer version and needs a person's word. */
    PENDING("pending"),
    FAILED("failed");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    /** As the API spells it. */
    public String text() {
      return text;
    }
  }
}
