package dev.yagura.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.yagura.base.Failure;
import dev.yagura.knowledge.TestModels.Topics;
import dev.yagura.model.RerankModel;
import dev.yagura.model.Usage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vectors are made once, anew when the model is another one, and the old ones serve meanwhile. */
class VectorKeepingTest extends LibraryFixture {
  private static final String CARS = "# A\nautomobile\n# B\nbanana";

  @Test
  void a_changed_file_embeds_only_what_changed() throws Exception {
    Topics model = models.embedding("test/topics", 2);
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      Path file = file("a.md", CARS);
      Document unused = add(library, base, "a.md", file).document();
      assertThat(model.asked).containsExactly("A\nautomobile", "B\nbanana");
      Document changed =
          add(library, base, "a.md", file("a.md", CARS + "\n# C\ncherry")).document();
      assertThat(changed.id()).isEqualTo(unused.id());
      assertThat(model.asked).containsExactly("A\nautomobile", "B\nbanana", "C\ncherry");
      assertThat(top(library, base, "car").stages().vector()).isCloseTo(1, within(0.001));
    }
  }

  @Test
  void what_has_no_vectors_gets_them_when_the_model_answers_again() throws Exception {
    Topics model = models.embedding("test/topics", 2);
    model.down = true;
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      Document added = add(library, base, "a.md", file("a.md", CARS)).document();
      assertThat(added.state()).isEqualTo(Document.State.COMPLETED);
      assertThat(added.note()).contains("without vectors until the model answers").contains("down");
      assertThat(library.withoutVectors(base)).isEqualTo(1);
      model.down = false;
      library.keepVectorsNow();
      assertThat(library.withoutVectors(base)).isZero();
      assertThat(library.document(added.id()).orElseThrow().note()).isEmpty();
      assertThat(top(library, base, "car").text()).isEqualTo("automobile");
    }
  }

  @Test
  void the_old_vectors_serve_until_all_new_ones_are_there() throws Exception {
    Topics before = models.embedding("test/before", 2);
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      Document unused = add(library, base, "a.md", file("a.md", CARS)).document();
      Topics after = models.embedding("test/after", 3);
      after.down = true;
      library.keepVectorsNow();
      before.asked.clear();
      assertThat(top(library, base, "car").text()).isEqualTo("automobile");
      assertThat(before.asked).as("the question goes to the old model").containsExactly("car");
      after.down = false;
      library.keepVectorsNow();
      before.asked.clear();
      assertThat(top(library, base, "car").text()).isEqualTo("automobile");
      assertThat(before.asked).isEmpty();
      assertThat(after.asked).contains("car");
      assertThat(library.bases().find("Runbooks").orElseThrow().servedModel())
          .isEqualTo("test/after");
    }
  }

  @Test
  void search_by_vectors_alone_falls_back_to_words_and_says_so() throws Exception {
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      Document unused = add(library, base, "a.md", file("a.md", CARS)).document();
      Knowledge.Answer answer =
          library.retrieve(
              Knowledge.Question.of(
                  List.of(base.id()), "banana", Search.DEFAULT.by(Search.Mode.SEMANTIC)));
      assertThat(answer.hits()).hasSize(1);
      assertThat(answer.note()).isEqualTo("there are no vectors, searched by words");
    }
  }

  @Test
  void the_rerank_model_has_the_last_word_and_the_threshold_counts_once() throws Exception {
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      Document unused =
          add(library, base, "a.md", file("a.md", "# A\nplan one\n# B\nplan two")).document();
      models.reranker = new Second();
      Search search = Search.DEFAULT.top(5, 0.5);
      Knowledge.Answer answer =
          library.retrieve(Knowledge.Question.of(List.of(base.id()), "plan", search));
      assertThat(answer.hits()).extracting(Hit::text).containsExactly("plan two");
      assertThat(answer.hits().getFirst().score()).isEqualTo(0.9);
      models.reranker = new Broken();
      Knowledge.Answer without =
          library.retrieve(Knowledge.Question.of(List.of(base.id()), "plan", search.top(5, 0)));
      assertThat(without.hits()).hasSize(2);
      assertThat(without.note()).contains("reranking is unavailable").contains("no access");
    }
  }

  /** Likes what says two. */
  private static class Second implements RerankModel {
    @Override
    public String name() {
      return "test/second";
    }

    @Override
    public int maxTexts() {
      return 10;
    }

    @Override
    public int maxCharacters() {
      return 100;
    }

    @Override
    public Ranking rank(String query, List<String> texts) {
      return new Ranking(
          texts.stream().map(text -> text.contains("two") ? 0.9 : 0.1).toList(), Usage.NONE);
    }
  }

  private static final class Broken extends Second {
    @Override
    public Ranking rank(String query, List<String> texts) {
      throw Failure.user("InvokeAuthorizationError", "no access").asException();
    }
  }
}
