package dev.yagura.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Documents go in, and what they say is found again. */
class LibraryTest extends LibraryFixture {
  private static final Path DOCUMENTS =
      Path.of(System.getProperty("user.dir"))
          .resolve("../../shared/data/guardduty-docs")
          .normalize();

  @Test
  void finds_a_runbook_in_japanese_and_english() throws Exception {
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
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
      Library.Accepted added = add(library, base, "runbook.md", runbook);
      assertThat(added.document().error()).isEmpty();
      assertThat(added.document().counts().segments()).isEqualTo(2);
      assertThat(top(library, base, "踏み台を探索された").text()).contains("セキュリティグループ");
      assertThat(top(library, base, "who to call about root accounts").text())
          .contains("duty manager");
      Hit hit = ask(library, base, "duty manager", 4).hits().getFirst();
      assertThat(hit.heading()).isEqualTo("ランブック > Root user");
      assertThat(hit.score()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void the_same_file_again_changes_nothing_and_a_changed_one_replaces_it() throws Exception {
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      Path runbook = file("a.txt", "the blue plan");
      assertThat(add(library, base, "a.txt", runbook).unchanged()).isFalse();
      assertThat(add(library, base, "a.txt", runbook).unchanged()).isTrue();
      file("a.txt", "the green plan");
      add(library, base, "a.txt", runbook);
      assertThat(library.documents(base.id())).hasSize(1);
      assertThat(ask(library, base, "plan", 9).hits())
          .extracting(Hit::text)
          .containsExactly("the green plan");
      library.deleteDocument(library.documents(base.id()).getFirst().id());
      assertThat(ask(library, base, "plan", 9).hits()).isEmpty();
    }
  }

  @Test
  void a_restart_finds_the_same() throws Exception {
    Base base;
    try (Library library = library()) {
      base = library.bases().named("Runbooks");
      add(library, base, "a.html", file("a.html", "<nav>menu</nav><h1>Plan</h1><p>the blue plan"));
    }
    try (Library library = library()) {
      assertThat(top(library, base, "blue").text()).isEqualTo("the blue plan");
      assertThat(ask(library, base, "menu", 9).hits()).isEmpty();
    }
  }

  @Test
  void a_file_that_cannot_be_used_ends_as_failed_with_the_reason() throws Exception {
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      assertThat(add(library, base, "a.pdf", file("a.pdf", "no pdf")).document().error())
          .contains("a.pdf: damaged");
      assertThat(add(library, base, "a.exe", file("a.exe", "MZ")).document().error())
          .contains("cannot be read (expected: one of csv, docx, epub, htm, html");
      assertThat(add(library, base, "b.txt", file("b.txt", "  \n ")).document().error())
          .contains("no text found");
      assertThat(library.documents(base.id())).hasSize(3).noneMatch(Document::isIndexed);
    }
  }

  @Test
  void reads_the_encodings_of_japan() throws Exception {
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      for (String charset : List.of("Shift_JIS", "EUC-JP", "UTF-8", "UTF-16")) {
        Path path = folder.resolve(charset + ".txt");
        Files.write(path, "手順書の内容です".getBytes(Charset.forName(charset)));
        add(library, base, charset + ".txt", path);
      }
      assertThat(ask(library, base, "手順書", 9).hits())
          .hasSize(4)
          .allMatch(hit -> hit.text().equals("手順書の内容です"));
    }
  }

  @Test
  void vectors_find_what_words_do_not_and_their_loss_is_said() throws Exception {
    TestModels.Topics model = models.embedding("test/topics", 2);
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      Document added =
          add(library, base, "a.md", file("a.md", "# A\nautomobile\n# B\nbanana")).document();
      assertThat(added.counts().tokens()).isEqualTo(2);
      assertThat(added.counts().cost()).isCloseTo(2e-6, within(1e-9));
      Knowledge.Answer found = ask(library, base, "car", 3);
      assertThat(found.hits().getFirst().text()).isEqualTo("automobile");
      assertThat(found.hits().getFirst().stages().vector()).isCloseTo(1.0, within(0.001));
      assertThat(found.usage().promptTokens()).isEqualTo(1);
      assertThat(found.cost()).isEqualByComparingTo("0.000001");
      model.down = true;
      Knowledge.Answer answer = ask(library, base, "banana", 3);
      assertThat(answer.hits().getFirst().text()).isEqualTo("banana");
      assertThat(answer.note()).contains("vectors are unavailable").contains("it is down");
    }
  }

  @Test
  void vectors_may_be_as_long_as_those_of_titan_and_longer() throws Exception {
    models.embedding("test/topics", 4_096);
    Base base;
    try (Library library = library()) {
      base = library.bases().named("Runbooks");
      add(library, base, "a.md", file("a.md", "# A\nautomobile\n# B\nbanana"));
      assertThat(top(library, base, "car").text()).isEqualTo("automobile");
    }
    deleted(folder.resolve("knowledge/index/1"));
    try (Library library = library()) {
      assertThat(ask(library, base, "car", 9).hits()).as("made again").hasSize(2);
      assertThat(models.embeddings.get("test/topics").asked)
          .as("without asking the model again")
          .filteredOn(text -> text.contains("automobile"))
          .hasSize(1);
    }
  }

  private static void deleted(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** For the types that have a section in the documents: it is among the first three. */
  @Test
  void finds_the_section_of_a_finding_type_in_the_real_pdfs() throws Exception {
    assumeThat(DOCUMENTS).as("the shared documents are not there").exists();
    try (Library library = library()) {
      Base base = library.bases().named("GuardDuty");
      for (String name : List.of("finding-types.pdf", "remediate.pdf")) {
        assertThat(add(library, base, name, DOCUMENTS.resolve(name)).document().error()).isEmpty();
      }
      var type = Pattern.compile("[A-Z][A-Za-z]+:[A-Z][A-Za-z0-9]+/[A-Za-z0-9.!&]+");
      var headings =
          store.documents(base.id()).stream()
              .flatMap(document -> library.editing().shown(document).stream())
              .map(segment -> segment.heading().substring(segment.heading().lastIndexOf('>') + 1))
              .map(String::strip)
              .filter(heading -> type.matcher(heading).matches())
              .distinct()
              .toList();
      assertThat(headings).hasSizeGreaterThan(40);
      int found = 0;
      for (String one : headings) {
        if (ask(library, base, one, 3).hits().stream()
            .anyMatch(hit -> hit.heading().endsWith(one))) {
          found++;
        }
      }
      assertThat(found).isGreaterThanOrEqualTo((int) Math.ceil(headings.size() * 0.98));
    }
  }
}
