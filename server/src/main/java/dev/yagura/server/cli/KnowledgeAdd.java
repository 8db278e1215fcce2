package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.knowledge.text.Extractors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Adds documents. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Adds documents (PDF, DOCX, XLSX, PPTX, Markdown, HTML, CSV, EPUB, text) and folders of"
          + " them to a knowledge base.",
      "The same file again changes nothing; a changed file replaces the one before.",
      "",
      "Segments follow the headings of a document, unless --separator or --max-length cut it, or",
      "--qa has a model write questions and answers of it: it says first what that costs, shows"
          + " how",
      "far it is, and goes on after a stop without paying twice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura knowledge add --base GuardDuty finding-types.pdf remediate.pdf",
      "  yagura knowledge add --base GuardDuty --qa ja --budget 2 finding-types.pdf",
      "  yagura knowledge add --base Runbooks runbooks/"
    })
final class KnowledgeAdd extends TargetCommand {
  private static final Map<String, String> LANGUAGES = Map.of("ja", "Japanese", "en", "English");

  @Option(
      names = "--base",
      paramLabel = "NAME",
      description = "The knowledge base, made where it is missing; default: Runbooks.")
  String base = "Runbooks";

  @Option(
      names = "--qa",
      paramLabel = "LANGUAGE",
      description = "Questions and answers in this language: ja, en, or its English name.")
  @Nullable String questions;

  @Option(
      names = "--budget",
      paramLabel = "USD",
      description = "Most that --qa may cost for each document; it is paused there.")
  String budget = "0";

  @Option(names = "--yes", description = "Do not ask before --qa spends money.")
  boolean yes;

  @Option(
      names = "--parent-child",
      description = "Small parts are found, the segment around them is shown.")
  boolean parentChild;

  @Option(
      names = "--separator",
      paramLabel = "TEXT",
      description = "Cut here first, for example \\n\\n or ###.")
  @Nullable String separator;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Longest segment in characters, 50 to 4000.")
  @Nullable String maxLength;

  @Option(
      names = "--overlap",
      paramLabel = "N",
      description = "Characters that a segment repeats of the one before.")
  @Nullable String overlap;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Documents and folders.")
  List<Path> files = List.of();

  KnowledgeAdd(Console console) {
    super(console);
  }

  @Override
  int run(Target target) {
    if (questions != null && parentChild) {
      throw new ParameterException(
          spec.commandLine(), "--qa and --parent-child (expected: one of them)");
    }
    List<Named> all = documents();
    if (all.isEmpty()) {
      throw Inputs.unreadable(
          files.getFirst().toString(), "holds no document (" + Extractors.kinds() + ")", null);
    }
    if (questions != null && !agreed(target, all)) {
      say("nothing was added");
      return Exit.SUCCESS;
    }
    int failed = 0;
    for (int i = 0; i < all.size(); i++) {
      failed += add(target, all.get(i), (i + 1) + "/" + all.size() + " ") ? 0 : 1;
    }
    say((all.size() - failed) + " of " + all.size() + " documents are in " + base);
    return failed == 0 ? Exit.SUCCESS : Exit.UNUSABLE_INPUT;
  }

  private boolean add(Target target, Named one, String count) {
    JsonNode added = target.put("/knowledge/document?" + query(one.name()), one.file());
    JsonNode end =
        Progress.follow(
            this, target, "/knowledge/document/" + added.path("id").asText(), count + one.name());
    boolean unchanged = added.path("unchanged").asBoolean();
    say(
        count
            + one.name()
            + ": "
            + KnowledgeCommand.outcome(end)
            + (unchanged ? ", unchanged" : ""));
    return !end.path("status").asText().equals("failed");
  }

  private String query(String name) {
    var query = new StringBuilder("base=" + encode(base) + "&name=" + encode(name));
    append(query, "form", questions != null ? "qa" : parentChild ? "parent-child" : "text");
    append(
        query, "language", questions == null ? null : LANGUAGES.getOrDefault(questions, questions));
    append(query, "separator", separator);
    append(query, "max_length", maxLength);
    append(query, "overlap", overlap);
    append(query, "budget", budget);
    return query.toString();
  }

  private static void append(StringBuilder query, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      query.append('&').append(name).append('=').append(encode(value));
    }
  }

  /** Says what the questions will cost; on a terminal, asks. */
  private boolean agreed(Target target, List<Named> all) {
    double cost = 0;
    int calls = 0;
    String model = "";
    for (Named one : all) {
      JsonNode about = target.put("/knowledge/estimate?" + query(one.name()), one.file());
      cost += about.path("cost").asDouble();
      calls += about.path("parts").asInt();
      model = about.path("model").asText();
    }
    say(
        calls
            + " calls of "
            + model
            + ", about "
            + (cost == 0
                ? "0 USD (its price is not known here)"
                : String.format("%.2f USD", cost)));
    return yes || Confirmation.of(console, spec, "Go on?");
  }

  /** A document and the name that it goes by: within a folder, its path in there. */
  private record Named(String name, Path file) {}

  private List<Named> documents() {
    List<Named> all = new ArrayList<>();
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        all.addAll(inside(file));
      } else if (Files.isReadable(file)) {
        all.add(new Named(String.valueOf(file.getFileName()), file));
      } else {
        throw Inputs.unreadable(file.toString(), "there is no such file", null);
      }
    }
    return all;
  }

  private static List<Named> inside(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      return inside
          .filter(Files::isRegularFile)
          .filter(one -> Extractors.reads(String.valueOf(one.getFileName())))
          .sorted()
          .map(one -> new Named(folder.relativize(one).toString(), one))
          .toList();
    } catch (IOException broken) {
      throw Inputs.unreadable(folder.toString(), "cannot be read", broken);
    }
  }
}
