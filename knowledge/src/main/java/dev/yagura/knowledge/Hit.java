package dev.yagura.knowledge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A segment that answers a query.
 *
 * @param answer of a pair, or empty
 * @param score from 0 to 1; how it is made is in docs/retrieval.md
 * @param children the parts of the segment by which it was found
 */
public record Hit(
    String segment,
    String base,
    String baseName,
    String document,
    String documentName,
    int position,
    String heading,
    String text,
    String answer,
    int page,
    double score,
    Stages stages,
    List<Child> children) {
  public Hit {
    children = Collections.unmodifiableList(new ArrayList<>(children));
  }

  /**
   * What each stage gave, from 0 to 1; null where the stage did not see the segment.
   *
   * @param words of the full text
   * @param vector cosine to the query
   * @param rerank of the rerank model
   */
  public record Stages(@Nullable Double words, @Nullable Double vector, @Nullable Double rerank) {}

  /** A part of a segment. */
  public record Child(String id, String text, int position, double score) {}

  /** What a model and a person read; of a pair as in dify-contract §2.10. */
  public String content() {
    if (!answer.isEmpty()) {
      return "question:" + text + " \nanswer:" + answer;
    }
    return heading.isEmpty() ? text : heading + "\n" + text;
  }

  /** Found by another part, too. */
  Hit joined(Child child) {
    List<Child> all = new ArrayList<>(children);
    all.add(child);
    return new Hit(
        segment,
        base,
        baseName,
        document,
        documentName,
        position,
        heading,
        text,
        answer,
        page,
        score,
        stages,
        all);
  }

  public Hit reranked(double newScore) {
    return new Hit(
        segment,
        base,
        baseName,
        document,
        documentName,
        position,
        heading,
        text,
        answer,
        page,
        newScore,
        new Stages(stages.words, stages.vector, newScore),
        children);
  }
}
