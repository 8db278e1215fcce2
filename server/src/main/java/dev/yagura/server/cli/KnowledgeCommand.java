package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.knowledge.text.Extractors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yagura knowledge …}: what workflows can look up. */
@Command(
    name = "knowledge",
    mixinStandardHelpOptions = true,
    description = "Adds documents to knowledge bases, searches and removes them.",
    subcommands = {
      KnowledgeCommand.Add.class,
      KnowledgeCommand.ListAll.class,
      KnowledgeCommand.Search.class,
      KnowledgeRemove.class
    })
final class KnowledgeCommand extends Group {

  /** Adds documents. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Adds documents (PDF, DOCX, XLSX, PPTX, Markdown, HTML, CSV, EPUB, text) and folders of"
            + " them to a knowledge base.",
        "The same file again changes nothing; a changed file replaces the one before."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  yagura knowledge add --base GuardDuty finding-types.pdf remediate.pdf",
        "  yagura knowledge add --base Runbooks runbooks/"
      })
  static final class Add extends TargetCommand {
    @Option(
        names = "--base",
        paramLabel = "NAME",
        description = "The knowledge base, made where it is missing; default: Runbooks.")
    String base = "Runbooks";

    /** From this size on, in bytes, a document may take a while. */
    private static final long LARGE = 1 << 20;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Documents and folders.")
    List<Path> files = List.of();

    Add(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      List<Named> all = documents();
      if (all.isEmpty()) {
        throw Inputs.unreadable(
            files.getFirst().toString(), "holds no document (" + Extractors.kinds() + ")", null);
      }
      int failed = 0;
      for (int i = 0; i < all.size(); i++) {
        Path file = all.get(i).file();
        String name = all.get(i).name();
        if (Files.exists(file) && file.toFile().length() > LARGE) {
          say((i + 1) + "/" + all.size() + " " + name + ": being read …");
        }
        JsonNode added =
            target.put("/knowledge/document?base=" + encode(base) + "&name=" + encode(name), file);
        boolean indexed = added.path("status").asText().equals("indexed");
        failed += indexed ? 0 : 1;
        String outcome =
            indexed
                ? added.path("segments").asInt()
                    + " segments"
                    + (added.path("unchanged").asBoolean() ? ", unchanged" : "")
                : "FAILED: " + added.path("error").asText();
        String note = added.path("note").asText();
        say(
            (i + 1)
                + "/"
                + all.size()
                + " "
                + name
                + ": "
                + outcome
                + (note.isEmpty() ? "" : " (" + note + ")"));
      }
      say((all.size() - failed) + " of " + all.size() + " documents are in " + base);
      return failed == 0 ? Exit.SUCCESS : Exit.UNUSABLE_INPUT;
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

  /** Lists knowledge bases. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists knowledge bases and their documents.")
  static final class ListAll extends TargetCommand {
    ListAll(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      for (JsonNode base : target.get("/knowledge").path("data")) {
        say(
            base.path("name").asText()
                + "  "
                + base.path("id").asText()
                + (base.path("read_only").asBoolean() ? "  read-only" : ""));
        for (JsonNode document : base.path("documents")) {
          String error = document.path("error").asText();
          say(
              "    "
                  + document.path("name").asText()
                  + "  "
                  + (error.isEmpty()
                      ? document.path("segments").asInt() + " segments"
                      : "FAILED: " + error));
        }
      }
      return Exit.SUCCESS;
    }
  }

  /** Searches. */
  @Command(
      name = "search",
      mixinStandardHelpOptions = true,
      description = "Looks a text up, as a workflow would.")
  static final class Search extends TargetCommand {
    private static final int SHOWN = 300;

    @Option(names = "--base", paramLabel = "NAME", description = "Only in this knowledge base.")
    @Nullable String base;

    @Option(names = "--top-k", paramLabel = "N", description = "How many; default: 5.")
    int topK = 5;

    @Parameters(arity = "1..*", paramLabel = "QUERY", description = "What to look up.")
    List<String> query = List.of();

    Search(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode found =
          target.get(
              "/knowledge/search?query="
                  + encode(String.join(" ", query))
                  + "&top_k="
                  + topK
                  + (base == null ? "" : "&base=" + encode(base)));
      if (!found.path("note").asText().isEmpty()) {
        say("note: " + found.path("note").asText());
      }
      if (found.path("data").isEmpty()) {
        say("nothing found; see what is there: yagura knowledge list");
      }
      for (JsonNode hit : found.path("data")) {
        int page = hit.path("page").asInt();
        say(
            String.format(
                "%.3f  %s%s  %s",
                hit.path("score").asDouble(),
                hit.path("document").asText(),
                page == 0 ? "" : " p. " + page,
                hit.path("heading").asText()));
        String text = hit.path("text").asText().replaceAll("\\s+", " ");
        say("       " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text));
      }
      return Exit.SUCCESS;
    }
  }
}
