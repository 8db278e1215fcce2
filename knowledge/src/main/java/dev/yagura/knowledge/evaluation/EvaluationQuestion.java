package dev.yagura.knowledge.evaluation;

import dev.yagura.base.Failure;
import dev.yagura.knowledge.Hit;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A question and where its answer stands.
 *
 * @param kind groups questions in the result, for example {@code raw} or {@code sentence}
 * @param answer the heading of the section, or {@code DOCUMENT#HEADING}
 */
public record EvaluationQuestion(String kind, String language, String question, String answer) {
  /** Most questions of one measurement. */
  static final int MOST = 10_000;

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader("kind", "language", "question", "answer")
          .setSkipHeaderRecord(true)
          .get();

  /** Reads a CSV file with the header {@code kind,language,question,answer}. */
  public static List<EvaluationQuestion> read(String name, Reader csv) {
    List<EvaluationQuestion> all = new ArrayList<>();
    try (CSVParser parser = FORMAT.parse(csv)) {
      for (CSVRecord row : parser) {
        if (row.size() != 4 || all.size() == MOST) {
          throw unusable(
              name,
              "line " + parser.getCurrentLineNumber() + ": " + row.size() + " columns",
              "kind,language,question,answer; at most " + MOST + " lines");
        }
        all.add(new EvaluationQuestion(row.get(0), row.get(1), row.get(2), row.get(3)));
      }
    } catch (IOException | IllegalStateException | java.io.UncheckedIOException broken) {
      throw unusable(name, String.valueOf(broken.getMessage()), "a CSV file");
    }
    if (all.isEmpty()) {
      throw unusable(name, "no questions", "lines of kind,language,question,answer");
    }
    return all;
  }

  private static RuntimeException unusable(String name, String what, String expected) {
    return Failure.user("UnusableQuestions", name + ": " + what + " (expected: " + expected + ")")
        .asException();
  }

  boolean isAnsweredBy(Hit hit) {
    return isAnsweredBy(hit.documentName(), hit.heading());
  }

  /**
   * @param headings those above the section, joined by {@code > }
   */
  boolean isAnsweredBy(String document, String headings) {
    int mark = answer.indexOf('#');
    String heading = answer.substring(mark + 1);
    boolean isThere = (" > " + headings + " > ").contains(" > " + heading + " > ");
    return mark < 0 ? isThere : isThere && isDocument(document, answer.substring(0, mark));
  }

  /** Names without folder and extension are enough. */
  private static boolean isDocument(String name, String wanted) {
    return name.equals(wanted)
        || name.replaceFirst("^.*/", "").replaceFirst("\\.[^.]*$", "").equals(wanted);
  }
}
