package dev.yagura.knowledge.evaluation;

import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.Hit;
import dev.yagura.knowledge.Knowledge.Question;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.Search;
import dev.yagura.knowledge.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Asks questions of knowledge bases and looks where the right section comes. */
public final class Evaluation {
  /** Hits that are looked at. */
  static final int DEPTH = 10;

  private record Section(String document, String headings) {}

  private final Library library;
  private final List<String> bases;
  private final Set<Section> sections = new HashSet<>();

  /**
   * @param bases ids
   */
  public Evaluation(Library library, List<String> bases) {
    this.library = library;
    this.bases = bases;
    for (String base : bases) {
      library
          .bases()
          .bundledDocuments(base)
          .forEach(
              document ->
                  document
                      .pieces()
                      .forEach(
                          piece -> sections.add(new Section(document.name(), piece.heading()))));
      for (Document document : library.documents(base)) {
        for (Segment segment : library.editing().shown(document)) {
          sections.add(new Section(document.name(), segment.heading()));
        }
      }
    }
  }

  /** Those whose section is in the bases at all. */
  public List<EvaluationQuestion> answerable(List<EvaluationQuestion> questions) {
    return questions.stream()
        .filter(
            question ->
                sections.stream()
                    .anyMatch(one -> question.isAnsweredBy(one.document(), one.headings())))
        .toList();
  }

  /** By kind and language of the questions, for example {@code sentence ja}. */
  public Map<String, Measure> measure(List<EvaluationQuestion> questions, Search.Mode mode)
      throws InterruptedException {
    Map<String, Measure> measures = new TreeMap<>();
    Search search = Search.DEFAULT.by(mode).top(DEPTH, 0);
    for (EvaluationQuestion question : questions) {
      long start = System.nanoTime();
      List<Hit> hits = library.retrieve(Question.of(bases, question.question(), search)).hits();
      long time = System.nanoTime() - start;
      measures
          .computeIfAbsent(question.kind() + " " + question.language(), key -> new Measure())
          .add(question.question(), rank(question, hits), time);
    }
    return measures;
  }

  private static int rank(EvaluationQuestion question, List<Hit> hits) {
    List<Boolean> right = new ArrayList<>();
    hits.forEach(hit -> right.add(question.isAnsweredBy(hit)));
    return right.indexOf(true) + 1;
  }
}
