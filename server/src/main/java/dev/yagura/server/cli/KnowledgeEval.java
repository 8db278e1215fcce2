package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures retrieval. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = {
      "Asks questions whose answers are known, and prints how often the right section is among the"
          + " first hits.",
      "",
      "Without a file: every finding type by its name and by a sentence in English and Japanese,",
      "and questions that the handbook answers. Those whose section is not in the knowledge bases",
      "are left out. A file has the columns kind,language,question,answer; an answer is the"
          + " heading",
      "of a section, or DOCUMENT#HEADING."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura knowledge eval --base GuardDuty",
      "  yagura knowledge eval --base Runbooks --questions ours.csv --missed"
    })
final class KnowledgeEval extends TargetCommand {
  @Option(names = "--base", paramLabel = "NAME", description = "Only this knowledge base.")
  @Nullable String base;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "full_text, semantic or hybrid; all three where it is not given.")
  @Nullable String mode;

  @Option(names = "--questions", paramLabel = "FILE", description = "Questions of your own.")
  @Nullable Path questions;

  @Option(
      names = "--missed",
      description = "Names the questions whose section is not among the first three.")
  boolean missed;

  KnowledgeEval(Console console) {
    super(console);
  }

  @Override
  int run(Target target) {
    List<String> modes = mode == null ? List.of("full_text", "semantic", "hybrid") : List.of(mode);
    if (questions != null && !Files.isReadable(questions)) {
      throw Inputs.unreadable(questions.toString(), "cannot be read", null);
    }
    List<JsonNode> misses = new ArrayList<>();
    for (String one : modes) {
      JsonNode result = target.put("/knowledge/evaluation?" + query(one), questions);
      if (misses.isEmpty()) {
        say(
            result.path("answerable").asInt()
                + " of "
                + result.path("questions").asInt()
                + " questions have their section here");
        say("mode       kind          n    R@1    R@3    R@5    MRR    p50 ms  p99 ms");
      }
      for (JsonNode row : result.path("data")) {
        say(row(one, row));
        misses.add(row);
      }
    }
    if (missed) {
      misses.forEach(
          row ->
              row.path("missed")
                  .forEach(text -> say(row.path("kind").asText() + ": " + text.asText())));
    }
    return Exit.SUCCESS;
  }

  private String query(String one) {
    return "mode=" + encode(one) + (base == null ? "" : "&base=" + encode(base));
  }

  private static String row(String mode, JsonNode row) {
    return String.format(
        "%-9s  %-12s %3d  %.3f  %.3f  %.3f  %.3f  %6.1f  %6.1f",
        mode,
        row.path("kind").asText(),
        row.path("questions").asInt(),
        row.path("recall_at_1").asDouble(),
        row.path("recall_at_3").asDouble(),
        row.path("recall_at_5").asDouble(),
        row.path("mrr").asDouble(),
        row.path("p50_ms").asDouble(),
        row.path("p99_ms").asDouble());
  }
}
