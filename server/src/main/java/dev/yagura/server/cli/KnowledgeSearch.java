package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = {
      "Looks a text up, as a workflow would; behind each score stands what the words, the vectors",
      "and the rerank model gave (docs/retrieval.md)."
    })
final class KnowledgeSearch extends TargetCommand {
  private static final int SHOWN = 300;

  @Option(names = "--base", paramLabel = "NAME", description = "Only in this knowledge base.")
  @Nullable String base;

  @Option(names = "--top-k", paramLabel = "N", description = "How many; default: 5.")
  int topK = 5;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "full_text, semantic or hybrid; default: hybrid.")
  String mode = "hybrid";

  @Parameters(arity = "1..*", paramLabel = "QUERY", description = "What to look up.")
  List<String> query = List.of();

  KnowledgeSearch(Console console) {
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
                + "&mode="
                + encode(mode)
                + (base == null ? "" : "&base=" + encode(base)));
    if (!found.path("note").asText().isEmpty()) {
      say("note: " + found.path("note").asText());
    }
    if (found.path("data").isEmpty()) {
      say("nothing found; see what is there: yagura knowledge list");
    }
    found.path("data").forEach(this::show);
    return Exit.SUCCESS;
  }

  private void show(JsonNode hit) {
    int page = hit.path("page").asInt();
    say(
        String.format(
            "%.3f  %s%s  %s%s",
            hit.path("score").asDouble(),
            hit.path("document").asText(),
            page == 0 ? "" : " p. " + page,
            hit.path("heading").asText(),
            stages(hit.path("stages"))));
    String answer = hit.path("answer").asText();
    String text = hit.path("text").asText() + (answer.isEmpty() ? "" : " → " + answer);
    String plain = text.replaceAll("\\s+", " ");
    say("       " + (plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain));
  }

  /** Only where more than the words had a say. */
  private static String stages(JsonNode stages) {
    var words = new StringBuilder();
    for (String name : List.of("words", "vector", "rerank")) {
      if (stages.path(name).isNumber()) {
        words.append(words.isEmpty() ? "" : ", ");
        words.append(String.format("%s %.3f", name, stages.path(name).asDouble()));
      }
    }
    return words.indexOf(",") < 0 ? "" : "  (" + words + ")";
  }
}
