package dev.yagura.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.yagura.base.Failure;
import dev.yagura.knowledge.KnowledgeStore.Base;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.Usage;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents go in, and what they say is found again. */
class LibraryTest {
  private static final Path DOCUMENTS =
      Path.of(System.getProperty("user.dir"))
          .resolve("../../shared/data/guardduty-docs")
          .normalize();

  @TempDir Path folder;

  private final InMemoryKnowledge store = new InMemoryKnowledge();

  private Library library() {
    var library = new Library(store, Clock.systemUTC(), Optional::empty);
    library.rebuild();
    return library;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void finds_a_runbook_in_japanese_and_english() throws Exception {
    try (Library library = library()) {
      Base base = library.baseNamed("Runbooks");
      Path runbook =
          file(
              "runbook.md",
              """
              # ランブック
              ## ポートスキャン
              踏み台サーバーへの探索は、まずセキュリティグループを確認する。
              ## Root user
              Call the duty manager before anybody touches the root account.
              """);
      Library.Added added = library.add(base, "runbook.md", runbook);
      assertThat(added.document().error()).isEmpty();
      assertThat(added.document().segments()).isEqualTo(2);
      assertThat(top(library, base, "踏み台を探索された")).contains("セキュリティグループ");
      assertThat(top(library, base, "who to call about root accounts")).contains("duty manager");
      Hit hit = library.retrieve(List.of(base.id()), "duty manager", 4, 0).hits().getFirst();
      assertThat(hit.heading()).isEqualTo("ランブック > Root user");
      assertThat(hit.score()).isBetween(0.0, 1.0);
    }
  }

  private static String top(Library library, Base base, String query) throws Exception {
    return library.retrieve(List.of(base.id()), query, 3, 0).hits().getFirst().text();
  }

  @Test
  void the_same_file_again_changes_nothing_and_a_changed_one_replaces_it() throws Exception {
    try (Library library = library()) {
      Base base = library.baseNamed("Runbooks");
      Path runbook = file("a.txt", "the blue plan");
      assertThat(library.add(base, "a.txt", runbook).unchanged()).isFalse();
      assertThat(library.add(base, "a.txt", runbook).unchanged()).isTrue();
      file("a.txt", "the green plan");
      library.add(base, "a.txt", runbook);
      assertThat(library.documents(base.id())).hasSize(1);
      assertThat(library.retrieve(List.of(base.id()), "plan", 9, 0).hits())
          .extracting(Hit::text)
          .containsExactly("the green plan");
      library.deleteDocument(library.documents(base.id()).getFirst().id());
      assertThat(library.retrieve(List.of(base.id()), "plan", 9, 0).hits()).isEmpty();
    }
  }

  @Test
  void a_restart_finds_the_same() throws Exception {
    Base base;
    try (Library library = library()) {
      base = library.baseNamed("Runbooks");
      library.add(base, "a.html", file("a.html", "<nav>menu</nav><h1>Plan</h1><p>the blue plan"));
    }
    try (Library library = library()) {
      assertThat(top(library, base, "blue")).isEqualTo("the blue plan");
      assertThat(library.retrieve(List.of(base.id()), "menu", 9, 0).hits()).isEmpty();
    }
  }

  @Test
  void a_file_that_cannot_be_used_ends_as_failed_with_the_reason() throws Exception {
    try (Library library = library()) {
      Base base = library.baseNamed("Runbooks");
      assertThat(library.add(base, "a.pdf", file("a.pdf", "no pdf")).document().error())
          .contains("a.pdf: damaged");
      assertThat(library.add(base, "a.exe", file("a.exe", "MZ")).document().error())
          .contains("cannot be read (expected: one of csv, docx, epub, htm, html");
      assertThat(library.add(base, "b.txt", file("b.txt", "  \n ")).document().error())
          .contains("no text found");
      assertThat(library.documents(base.id())).hasSize(3).noneMatch(one -> one.isIndexed());
    }
  }

  @Test
  void reads_the_encodings_of_japan() throws Exception {
    try (Library library = library()) {
      Base base = library.baseNamed("Runbooks");
      for (String charset : List.of("Shift_JIS", "EUC-JP", "UTF-8", "UTF-16")) {
        Path path = folder.resolve(charset + ".txt");
        Files.write(path, "手順書の内容です".getBytes(Charset.forName(charset)));
        library.add(base, charset + ".txt", path);
      }
      assertThat(library.retrieve(List.of(base.id()), "手順書", 9, 0).hits())
          .hasSize(4)
          .allMatch(hit -> hit.text().equals("手順書の内容です"));
    }
  }

  @Test
  void vectors_find_what_words_do_not_and_their_loss_is_said() throws Exception {
    var model = new TwoTopics();
    try (Library library = new Library(store, Clock.systemUTC(), () -> Optional.of(model))) {
      library.rebuild();
      Base base = library.baseNamed("Runbooks");
      library.add(base, "a.md", file("a.md", "# A\nautomobile\n# B\nbanana"));
      assertThat(top(library, base, "car")).isEqualTo("automobile");
      model.down = true;
      Knowledge.Answer answer = library.retrieve(List.of(base.id()), "banana", 3, 0);
      assertThat(answer.hits().getFirst().text()).isEqualTo("banana");
      assertThat(answer.note()).contains("vectors are unavailable").contains("it is down");
    }
  }

  @Test
  void a_file_from_before_there_was_a_model_gets_its_vectors_when_it_is_added_again()
      throws Exception {
    Path cars = file("a.md", "# A\nautomobile\n# B\nbanana");
    Base base;
    try (Library words = library()) {
      base = words.baseNamed("Runbooks");
      words.add(base, "a.md", cars);
    }
    var model = new TwoTopics();
    try (Library library = new Library(store, Clock.systemUTC(), () -> Optional.of(model))) {
      library.rebuild();
      double before = score(library, base, "banana");
      assertThat(library.add(base, "a.md", cars).unchanged()).isFalse();
      assertThat(library.add(base, "a.md", cars).unchanged()).isTrue();
      assertThat(top(library, base, "car")).isEqualTo("automobile");
      assertThat(score(library, base, "banana")).as("with its vector").isGreaterThan(0.5);
      model.dimensions = 3;
      assertThat(score(library, base, "banana"))
          .as("words count whole where no vector of this kind is kept")
          .isCloseTo(before, within(0.01));
    }
  }

  private static double score(Library library, Base base, String query) throws Exception {
    return library.retrieve(List.of(base.id()), query, 3, 0).hits().getFirst().score();
  }

  @Test
  void vectors_may_be_as_long_as_those_of_titan_and_longer() throws Exception {
    var model = new TwoTopics();
    model.dimensions = 4_096;
    try (Library library = new Library(store, Clock.systemUTC(), () -> Optional.of(model))) {
      library.rebuild();
      Base base = library.baseNamed("Runbooks");
      library.add(base, "a.md", file("a.md", "# A\nautomobile\n# B\nbanana"));
      assertThat(top(library, base, "car")).isEqualTo("automobile");
      library.rebuild();
      assertThat(library.retrieve(List.of(base.id()), "car", 9, 0).hits()).hasSize(2);
    }
  }

  /** Knows cars from everything else. */
  private static final class TwoTopics implements EmbeddingModel {
    private boolean down;
    private int dimensions = 2;

    @Override
    public String name() {
      return "test/topics";
    }

    @Override
    public int maxCharacters() {
      return 1000;
    }

    @Override
    public Embeddings embed(List<String> texts, Purpose purpose) {
      if (down) {
        throw Failure.upstream("InvokeServerUnavailableError", "it is down", true).asException();
      }
      return new Embeddings(
          texts.stream()
              .map(text -> text.contains("car") || text.contains("automobile"))
              .map(this::vector)
              .toList(),
          Usage.ofInput(texts.size(), Duration.ZERO));
    }

    private float[] vector(boolean car) {
      float[] vector = new float[dimensions];
      vector[car ? 0 : 1] = 1;
      return vector;
    }
  }

  /** For the types that have a section in the documents: it is among the first three. */
  @Test
  void finds_the_section_of_a_finding_type_in_the_real_pdfs() throws Exception {
    assumeThat(DOCUMENTS).as("the shared documents are not there").exists();
    try (Library library = library()) {
      Base base = library.baseNamed("GuardDuty");
      for (String name : List.of("finding-types.pdf", "remediate.pdf")) {
        assertThat(library.add(base, name, DOCUMENTS.resolve(name)).document().error()).isEmpty();
      }
      var type = Pattern.compile("[A-Z][A-Za-z]+:[A-Z][A-Za-z0-9]+/[A-Za-z0-9.!&]+");
      var headings =
          store.segments("", 10_000).stream()
              .map(segment -> segment.heading().substring(segment.heading().lastIndexOf('>') + 1))
              .map(String::strip)
              .filter(heading -> type.matcher(heading).matches())
              .distinct()
              .toList();
      assertThat(headings).hasSizeGreaterThan(40);
      int found = 0;
      for (String one : headings) {
        if (library.retrieve(List.of(base.id()), one, 3, 0).hits().stream()
            .anyMatch(hit -> hit.heading().endsWith(one))) {
          found++;
        }
      }
      assertThat(found).isGreaterThanOrEqualTo((int) Math.ceil(headings.size() * 0.98));
    }
  }
}
