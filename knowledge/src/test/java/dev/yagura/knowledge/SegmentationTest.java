package dev.yagura.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.knowledge.text.Cut;
import dev.yagura.knowledge.text.Splitter;
import dev.yagura.knowledge.text.TextCleaner;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Documents cut by rule (dify-contract §5.3), and parents that are found by their children. */
class SegmentationTest extends LibraryFixture {
  @Test
  void a_text_is_cut_at_its_separator_and_then_where_sentences_end() {
    var splitter = new Splitter(new Cut("###", 20, 0));
    assertThat(splitter.split("one###two. And three is longer than that###。four"))
        .containsExactly("one", "two. And three is", "longer than that", "four");
    assertThat(splitter.split("一つ目の文です。二つ目の文です。三つ目の文はとても長いので切られます。"))
        .containsExactly("一つ目の文です。二つ目の文です。", "三つ目の文はとても長いので切られます。");
  }

  @Test
  void pieces_repeat_the_end_of_the_one_before() {
    assertThat(new Splitter(new Cut("", 10, 4)).split("aa bb cc dd ee ff"))
        .containsExactly("aa bb cc", "cc dd ee", "ee ff");
    assertThat(new Splitter(new Cut("", 4, 0)).split("𠮷𠮷𠮷")).containsExactly("𠮷𠮷", "𠮷");
  }

  @Test
  void what_is_in_the_way_is_removed() {
    assertThat(TextCleaner.clean("a\u0000b <|x|>\n\n\n\nc   d", true, false))
        .isEqualTo("ab <x>\n\nc d");
    assertThat(
            TextCleaner.clean(
                "mail a.b@example.com or https://a.example/x [docs](https://b.example/y)",
                false,
                true))
        .isEqualTo("mail  or  [docs](https://b.example/y)");
  }

  @Test
  void a_custom_rule_keeps_headings_and_counts_characters() throws Exception {
    var rule =
        new ProcessRule(
            ProcessRule.Mode.CUSTOM, true, false, new Cut("---", 100, 0), false, Cut.CHILD);
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      Document added =
          library
              .add(
                  base,
                  "a.md",
                  file("a.md", "# Plan\n\nfirst --- second\n\n## Details\n\nthird"),
                  Document.Settings.of("md", DocumentForm.TEXT, "", rule))
              .document();
      List<Segment> segments = library.editing().shown(added);
      assertThat(segments).hasSize(2);
      assertThat(segments.getLast().text()).startsWith("second").endsWith("third");
      assertThat(segments.getLast().heading()).isEqualTo("Plan");
    }
  }

  @Test
  void a_small_part_is_found_and_what_stands_around_it_is_shown() throws Exception {
    var rule =
        new ProcessRule(
            ProcessRule.Mode.AUTOMATIC, true, false, Cut.PARENT, false, new Cut("\n", 60, 0));
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      Document added =
          library
              .add(
                  base,
                  "a.md",
                  file("a.md", "# Plan\nCall the duty manager.\n\nThen isolate the instance.\n"),
                  Document.Settings.of("md", DocumentForm.PARENT_CHILD, "", rule))
              .document();
      assertThat(added.counts().segments()).isEqualTo(1);
      Hit hit = top(library, base, "isolate the instance");
      assertThat(hit.text()).contains("duty manager").contains("isolate");
      assertThat(hit.children()).extracting(Hit.Child::text).contains("Then isolate the instance.");
      Segment parent = library.editing().find(hit.segment()).orElseThrow();
      Segment unused = library.editing().addChild(parent, "quarantine");
      assertThat(top(library, base, "quarantine").segment()).isEqualTo(parent.id());
      library.editing().delete(List.of(parent));
      assertThat(ask(library, base, "isolate", 3).hits()).isEmpty();
    }
  }

  @Test
  void documents_are_chosen_by_their_metadata() throws Exception {
    try (Library library = library()) {
      Base base = library.bases().named("Runbooks");
      for (String team : List.of("red", "blue")) {
        Document added =
            add(library, base, team + ".txt", file(team + ".txt", "the plan of " + team))
                .document();
        Document unused =
            library.change(
                added.id(),
                one ->
                    one.with(
                        one.settings()
                            .with(java.util.Map.of("team", team, "year", team.length() + 2020.0)),
                        one.changedAt()));
      }
      assertThat(found(library, base, "team", "is", "red")).containsExactly("red.txt");
      assertThat(found(library, base, "team", "not in", "red, green")).containsExactly("blue.txt");
      assertThat(found(library, base, "year", ">", "2023")).containsExactly("blue.txt");
      assertThat(found(library, base, "document_name", "start with", "b"))
          .containsExactly("blue.txt");
      assertThat(found(library, base, "owner", "empty", "")).hasSize(2);
    }
  }

  private static List<String> found(
      Library library, Base base, String name, String operator, String value) throws Exception {
    var filter =
        new MetadataFilter(true, List.of(new MetadataFilter.Condition(name, operator, value)));
    return library
        .retrieve(
            new Knowledge.Question(List.of(base.id()), "plan", Search.DEFAULT.top(9, 0), filter))
        .hits()
        .stream()
        .map(Hit::documentName)
        .toList();
  }
}
