package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Document;
import dev.yagura.knowledge.DocumentForm;
import dev.yagura.knowledge.InMemoryKnowledge;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.ProcessRule;
import dev.yagura.knowledge.Search;
import dev.yagura.knowledge.evaluation.Evaluation;
import dev.yagura.knowledge.evaluation.EvaluationQuestion;
import dev.yagura.knowledge.evaluation.Measure;
import dev.yagura.model.Models;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The right page is found, without any model: by the type, by a sentence, in both languages. */
class EvaluationTest {
  private static final Path DOCUMENTS =
      Path.of(System.getProperty("user.dir"))
          .resolve("../../shared/data/guardduty-docs")
          .normalize();

  @TempDir Path folder;
  private Library library;

  @BeforeEach
  void open() {
    library =
        new Library(
            new Library.Ports(
                new InMemoryKnowledge(), Models.NONE, Clock.systemUTC(), folder, 1, time -> {}));
    Catalogue catalogue = Catalogue.load();
    library.bases().bundle(CatalogueKnowledge.BASE, CatalogueKnowledge.documents(catalogue));
    library.bases().bundle(Handbook.BASE, Handbook.pages(catalogue));
    library.guessFrom(CatalogueKnowledge.phrases(catalogue));
    library.open();
  }

  @AfterEach
  void close() {
    library.close();
  }

  static List<EvaluationQuestion> questions() throws Exception {
    try (Reader csv =
        new InputStreamReader(
            EvaluationTest.class.getResourceAsStream("/evaluation/questions.csv"),
            StandardCharsets.UTF_8)) {
      return EvaluationQuestion.read("questions.csv", csv);
    }
  }

  private Map<String, Measure> measured(List<String> bases) throws Exception {
    var evaluation = new Evaluation(library, bases);
    List<EvaluationQuestion> answerable = evaluation.answerable(questions());
    Map<String, Measure> measures = evaluation.measure(answerable, Search.Mode.HYBRID);
    return measures;
  }

  @Test
  void the_catalogue_and_the_handbook_answer_their_questions() throws Exception {
    Map<String, Measure> measures =
        measured(List.of(CatalogueKnowledge.BASE.id(), Handbook.BASE.id()));
    assertThat(measures.get("raw en").recallAt3()).isGreaterThanOrEqualTo(0.98);
  }

  @Test
  void the_sections_of_the_real_pdfs_are_found_by_type_and_by_sentence() throws Exception {
    assumeThat(DOCUMENTS).as("the shared documents are not there").exists();
    Base base = library.bases().named("GuardDuty");
    for (String name : List.of("finding-types.pdf", "remediate.pdf")) {
      Document added =
          library
              .add(
                  base,
                  name,
                  DOCUMENTS.resolve(name),
                  Document.Settings.of("pdf", DocumentForm.TEXT, "", ProcessRule.AUTOMATIC))
              .document();
      assertThat(added.error()).isEmpty();
    }
    Map<String, Measure> measures = measured(List.of(base.id()));
    assertThat(measures.get("raw en").asked()).isGreaterThan(40);
    assertThat(measures.get("raw en").recallAt3()).isGreaterThanOrEqualTo(0.98);
    assertThat(measures.get("sentence en").recallAt3()).isGreaterThanOrEqualTo(0.90);
    assertThat(measures.get("sentence ja").recallAt3()).isGreaterThanOrEqualTo(0.90);
  }

  @Test
  void questions_that_are_no_table_are_refused_with_the_line() {
    assertThatThrownBy(
            () -> EvaluationQuestion.read("q.csv", new StringReader("kind,language\nraw,en\n")))
        .hasMessageContaining("q.csv: line 2: 2 columns (expected: kind,language,question,answer");
  }
}
