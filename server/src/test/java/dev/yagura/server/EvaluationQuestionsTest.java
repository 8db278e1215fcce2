package dev.yagura.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.finding.FindingType;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.knowledge.text.Block;
import dev.yagura.knowledge.text.Extractors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The questions that retrieval is measured with cover every type and have answers that exist. */
class EvaluationQuestionsTest {
  private static final Pattern JAPANESE = Pattern.compile("[\\u3040-\\u30ff\\u4e00-\\u9fff]");

  /** GuardDuty sends these no more; the catalogue keeps them for old findings. */
  private static final Set<String> RETIRED =
      Set.of(
          "Backdoor:EC2/XORDDOS",
          "Behavior:IAMUser/InstanceLaunchUnusual",
          "CryptoCurrency:EC2/BitcoinTool.A",
          "Discovery:S3/BucketEnumeration.Unusual",
          "Exfiltration:S3/ObjectRead.Unusual",
          "Impact:S3/ObjectDelete.Unusual",
          "Impact:S3/PermissionsModification.Unusual",
          "Persistence:IAMUser/NetworkPermissions",
          "Persistence:IAMUser/ResourcePermissions",
          "Persistence:IAMUser/UserPermissions",
          "Persistence:Kubernetes/ContainerWithSensitiveMount",
          "PrivilegeEscalation:IAMUser/AdministrativePermissions",
          "PrivilegeEscalation:Kubernetes/PrivilegedContainer",
          "Recon:IAMUser/NetworkPermissions",
          "Recon:IAMUser/ResourcePermissions",
          "Recon:IAMUser/UserPermissions",
          "ResourceConsumption:IAMUser/ComputeResources",
          "Stealth:IAMUser/LoggingConfigurationModified",
          "UnauthorizedAccess:EC2/TorIPCaller",
          "UnauthorizedAccess:IAMUser/ConsoleLogin",
          "UnauthorizedAccess:IAMUser/UnusualASNCaller");

  private record Question(String kind, String language, String text, String answer) {}

  private final Catalogue catalogue = Catalogue.load();
  private final List<Question> questions = questions();

  private List<Question> which(Predicate<Question> wanted) {
    return questions.stream().filter(wanted).toList();
  }

  private List<Question> of(String kind, String language) {
    return which(q -> q.kind().equals(kind) && q.language().equals(language));
  }

  /** Rules of a customer are not among them either: their names are not a fixed list. */
  private List<String> activeTypes() {
    assertThat(catalogue.typeNames()).containsAll(RETIRED);
    return catalogue.typeNames().stream()
        .filter(type -> !RETIRED.contains(type))
        .filter(type -> !catalogue.entry(FindingType.of(type)).family().equals("custom-rule"))
        .toList();
  }

  @Test
  void every_active_type_is_asked_for_by_name_and_by_a_sentence_of_each_language() {
    List<String> types = activeTypes();
    assertThat(of("raw", "en"))
        .extracting(Question::answer)
        .containsExactlyInAnyOrderElementsOf(types);
    assertThat(of("raw", "en")).allMatch(q -> q.text().equals(q.answer()));
    for (String language : List.of("en", "ja")) {
      assertThat(of("sentence", language))
          .as(language)
          .extracting(Question::answer)
          .containsExactlyInAnyOrderElementsOf(types);
    }
    assertThat(of("runbook", "en")).hasSizeGreaterThan(20);
    assertThat(of("runbook", "ja")).hasSizeGreaterThan(20);
    assertThat(questions).hasSize(3 * types.size() + which(q -> q.kind().equals("runbook")).size());
  }

  @Test
  void no_sentence_gives_the_type_away() {
    for (Question question : which(q -> q.kind().equals("sentence"))) {
      FindingType type = FindingType.of(question.answer());
      String text = squeezed(question.text());
      assertThat(text)
          .as(question.answer())
          .doesNotContain(squeezed(type.name()))
          .doesNotContain(squeezed(type.name().substring(type.name().indexOf('/') + 1)))
          .doesNotContain(squeezed(type.family()));
    }
    for (Question question : which(q -> !q.kind().equals("raw"))) {
      assertThat(catalogue.typeNames()).noneMatch(question.text()::contains);
    }
  }

  /** Without what only separates words, so that "port sweep" is the same as "PortSweep". */
  private static String squeezed(String text) {
    return text.replaceAll("[\\s_.-]", "").toLowerCase(Locale.ROOT);
  }

  @Test
  void every_question_is_asked_once_and_in_its_language() {
    assertThat(questions)
        .extracting(q -> squeezed(q.text()))
        .doesNotHaveDuplicates()
        .doesNotContain("");
    for (Question question : questions) {
      assertThat(JAPANESE.matcher(question.text()).find())
          .as(question.text())
          .isEqualTo(question.language().equals("ja"));
    }
  }

  @Test
  void the_answer_of_a_runbook_question_is_a_heading_of_that_page_in_that_language() {
    for (Question question : which(q -> q.kind().equals("runbook"))) {
      String[] answer = question.answer().split("#", 2);
      String page = resource("/handbook/" + question.language() + "/" + answer[0] + ".md");
      assertThat(Extractors.markdown(page).stream().filter(Block::isHeading).map(Block::text))
          .as(question.text())
          .contains(answer[1]);
    }
  }

  @Test
  void every_page_of_the_handbook_is_asked_for_in_both_languages() {
    List<String> pages = resource("/handbook/pages.txt").lines().toList();
    for (String language : List.of("en", "ja")) {
      assertThat(of("runbook", language))
          .extracting(q -> q.answer().substring(0, q.answer().indexOf('#')))
          .containsAll(pages);
    }
  }

  @Test
  void quotes_and_commas_of_the_table_are_read() {
    assertThat(table("a,\"b, \"\"c\"\"\"\n\"d\ne\",\n"))
        .containsExactly(List.of("a", "b, \"c\""), List.of("d\ne", ""));
    assertThatThrownBy(() -> table("a,\"b")).isInstanceOf(IllegalStateException.class);
  }

  private static List<Question> questions() {
    List<List<String>> rows = table(resource("/evaluation/questions.csv"));
    assertThat(rows.getFirst()).containsExactly("kind", "language", "question", "answer");
    List<Question> questions = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      assertThat(row).hasSize(4);
      questions.add(new Question(row.get(0), row.get(1), row.get(2), row.get(3)));
    }
    return questions;
  }

  /** Comma-separated values as in RFC 4180. */
  private static List<List<String>> table(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
        cell.append(c);
      } else if (c != '\r') {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(List.copyOf(row));
          row.clear();
        }
      }
    }
    if (quoted || !cell.isEmpty() || !row.isEmpty()) {
      throw new IllegalStateException("the table ends within a line");
    }
    return rows;
  }

  private static String resource(String path) {
    try (InputStream in = EvaluationQuestionsTest.class.getResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
