package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.base.Failure;
import dev.yagura.server.http.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yagura knowledge …}: what workflows can look up. */
@Command(
    name = "knowledge",
    mixinStandardHelpOptions = true,
    description = "Adds documents to knowledge bases, searches and removes them.",
    subcommands = {
      KnowledgeAdd.class,
      KnowledgeCommand.ListAll.class,
      KnowledgeSearch.class,
      KnowledgeEval.class,
      KnowledgeCommand.Pause.class,
      KnowledgeCommand.Resume.class,
      KnowledgeCommand.Retry.class,
      KnowledgeRemove.class
    })
final class KnowledgeCommand extends Group {

  /** The document of this name in a base, as the list shows it. */
  static JsonNode documents(Target target, String base) {
    for (JsonNode one : target.get("/knowledge").path("data")) {
      if (one.path("name").asText().equalsIgnoreCase(base)) {
        return one.path("documents");
      }
    }
    throw Failure.user(
            "not_found", "there is no knowledge base " + base + " (expected: see knowledge list)")
        .asException();
  }

  /** What has become of a document, in one line. */
  static String outcome(JsonNode document) {
    String note = document.path("note").asText();
    String cost =
        document.path("cost").asDouble() > 0
            ? String.format(", %.4f USD", document.path("cost").asDouble())
            : "";
    String words =
        switch (document.path("status").asText()) {
          case "indexed" -> count(document.path("segments").asInt()) + cost;
          case "failed" -> "FAILED: " + document.path("error").asText();
          default ->
              document.path("status").asText()
                  + ", "
                  + document.path("done").asInt()
                  + " of "
                  + document.path("total").asInt()
                  + cost;
        };
    return words + (note.isEmpty() ? "" : " (" + note + ")");
  }

  private static String count(int segments) {
    return segments == 1 ? "1 segment" : segments + " segments";
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
        int without = base.path("without_vectors").asInt();
        String vectors = base.path("vectors").asText();
        say(
            base.path("name").asText()
                + "  "
                + base.path("id").asText()
                + (base.path("read_only").asBoolean() ? "  read-only" : "")
                + (vectors.isEmpty() ? "" : "  vectors: " + vectors)
                + (without == 0 ? "" : "  (" + without + " documents wait for new vectors)"));
        for (JsonNode document : base.path("documents")) {
          say("    " + document.path("name").asText() + "  " + outcome(document));
        }
      }
      return Exit.SUCCESS;
    }
  }

  /** Something that is done to one document. */
  abstract static class OfDocument extends TargetCommand {
    @Option(
        names = "--base",
        paramLabel = "NAME",
        description = "The knowledge base; default: Runbooks.")
    String base = "Runbooks";

    @Parameters(arity = "1", paramLabel = "DOCUMENT", description = "As knowledge list names it.")
    String name = "";

    OfDocument(Console console) {
      super(console);
    }

    /** The path of the document in the API. */
    String path(Target target) {
      for (JsonNode document : documents(target, base)) {
        if (document.path("name").asText().equals(name)) {
          return "/knowledge/document/" + document.path("id").asText();
        }
      }
      throw Failure.user(
              "not_found",
              "there is no document " + name + " in " + base + " (expected: see knowledge list)")
          .asException();
    }
  }

  /** Pauses. */
  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Pauses the work on a document; what is paid for is kept.")
  static final class Pause extends OfDocument {
    Pause(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      say(name + ": " + outcome(target.post(path(target) + "/pause", Json.object())));
      return Exit.SUCCESS;
    }
  }

  /** Resumes. */
  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Goes on with a paused document where it was, and shows how far it is.")
  static final class Resume extends OfDocument {
    @Option(
        names = "--budget",
        paramLabel = "USD",
        description = "A new limit of what questions may cost; 0 for none.")
    String budget = "";

    Resume(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      var body = Json.object();
      if (!budget.isEmpty()) {
        body.put("budget", budget);
      }
      String path = path(target);
      JsonNode unused = target.post(path + "/resume", body);
      JsonNode end = Progress.follow(this, target, path, name);
      say(name + ": " + outcome(end));
      return end.path("status").asText().equals("failed") ? Exit.UNUSABLE_INPUT : Exit.SUCCESS;
    }
  }

  /** Tries again. */
  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "Works on the file of a document once more.")
  static final class Retry extends OfDocument {
    Retry(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      String path = path(target);
      JsonNode unused = target.post(path + "/retry", Json.object());
      JsonNode end = Progress.follow(this, target, path, name);
      say(name + ": " + outcome(end));
      return end.path("status").asText().equals("failed") ? Exit.UNUSABLE_INPUT : Exit.SUCCESS;
    }
  }
}
