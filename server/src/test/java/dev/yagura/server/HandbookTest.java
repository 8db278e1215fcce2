package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.knowledge.Bases.Bundled;
import dev.yagura.knowledge.Hit;
import dev.yagura.knowledge.Knowledge.Question;
import dev.yagura.knowledge.Library;
import dev.yagura.knowledge.Search;
import dev.yagura.knowledge.text.Piece;
import dev.yagura.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The handbook covers every type, in both languages, and is found. */
class HandbookTest {
  private static final Pattern COMMAND = Pattern.compile("(?m)^aws (.*(?:\\\\\\n.*)*)$");

  private final Catalogue catalogue = Catalogue.load();
  private final List<Bundled> pages = Handbook.pages(catalogue);

  private List<Bundled> in(String language) {
    return pages.stream().filter(page -> page.name().startsWith(language + "/")).toList();
  }

  @Test
  void every_type_is_on_exactly_one_page_of_each_language() {
    for (String language : List.of("en", "ja")) {
      List<String> types = in(language).stream().flatMap(page -> page.keywords().stream()).toList();
      assertThat(types).as(language).doesNotHaveDuplicates();
      assertThat(types).as(language).containsAll(catalogue.typeNames());
    }
  }

  @Test
  void both_languages_say_the_same_things_in_the_same_order() {
    for (Bundled english : in("en")) {
      Bundled japanese =
          pages.stream()
              .filter(page -> page.name().equals(english.name().replace("en/", "ja/")))
              .findFirst()
              .orElseThrow();
      assertThat(headings(japanese)).as(english.name()).hasSameSizeAs(headings(english));
      assertThat(japanese.keywords()).as(english.name()).isEqualTo(english.keywords());
      assertThat(commands(japanese)).as(english.name()).hasSameSizeAs(commands(english));
    }
  }

  private static List<String> headings(Bundled page) {
    return page.pieces().stream().map(Piece::heading).distinct().toList();
  }

  private static List<String> commands(Bundled page) {
    List<String> commands = new ArrayList<>();
    for (Piece piece : page.pieces()) {
      Matcher matcher = COMMAND.matcher(piece.text());
      while (matcher.find()) {
        commands.add(matcher.group(1).replace("\\\n", " "));
      }
    }
    return commands;
  }

  @Test
  void commands_have_a_service_an_operation_and_options() {
    List<String> all = pages.stream().flatMap(page -> commands(page).stream()).toList();
    assertThat(all).hasSizeGreaterThan(200);
    assertThat(all).allMatch(command -> command.matches("(?s)[a-z0-9]+ [a-z0-9-]+( .*)?"));
    assertThat(all).noneMatch(command -> command.matches("(?s).* -[a-z]\\b.*"));
  }

  @Test
  void a_finding_type_finds_its_page_and_the_catalogue_stands_first() throws Exception {
    try (var library = Library.bundled(Models.NONE)) {
      library.bases().bundle(CatalogueKnowledge.BASE, CatalogueKnowledge.documents(catalogue));
      library.bases().bundle(Handbook.BASE, pages);
      library.open();
      List<String> bases = List.of(CatalogueKnowledge.BASE.id(), Handbook.BASE.id());
      for (String type : catalogue.typeNames()) {
        List<Hit> hits = ask(library, bases, type, 6);
        assertThat(hits.getFirst().heading()).as(type).isEqualTo(type);
        assertThat(hits)
            .as(type)
            .anyMatch(hit -> pages.stream().anyMatch(page -> has(page, hit, type)));
      }
      List<Hit> japanese = ask(library, bases, "バケットの公開を封じ込める手順", 3);
      assertThat(japanese).anyMatch(hit -> hit.documentName().startsWith("ja/s3-policy"));
    }
  }

  private static List<Hit> ask(Library library, List<String> bases, String text, int most)
      throws InterruptedException {
    return library.retrieve(Question.of(bases, text, Search.DEFAULT.top(most, 0))).hits();
  }

  private static boolean has(Bundled page, Hit hit, String type) {
    return page.name().equals(hit.documentName()) && page.keywords().contains(type);
  }
}
