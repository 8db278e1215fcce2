package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.base.Failure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes documents out of a knowledge base. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = {
      "Takes documents out of a knowledge base, by the names that `knowledge list` shows;",
      "a name that ends in / stands for all that begin with it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura knowledge remove --base Runbooks isolation.md",
      "  yagura knowledge remove --base Runbooks old/"
    })
final class KnowledgeRemove extends TargetCommand {
  @Option(
      names = "--base",
      paramLabel = "NAME",
      description = "The knowledge base; default: Runbooks.")
  String base = "Runbooks";

  @Parameters(arity = "1..*", paramLabel = "DOCUMENT", description = "Names of documents.")
  List<String> names = List.of();

  KnowledgeRemove(Console console) {
    super(console);
  }

  @Override
  int run(Target target) {
    JsonNode documents = KnowledgeCommand.documents(target, base);
    List<JsonNode> chosen = new ArrayList<>();
    for (String name : names) {
      int before = chosen.size();
      for (JsonNode document : documents) {
        String one = document.path("name").asText();
        if (one.equals(name) || (name.endsWith("/") && one.startsWith(name))) {
          chosen.add(document);
        }
      }
      if (chosen.size() == before) {
        throw Failure.user(
                "not_found",
                "there is no document " + name + " in " + base + " (expected: see knowledge list)")
            .asException();
      }
    }
    for (JsonNode document : chosen) {
      JsonNode unused = target.delete("/knowledge/document/" + document.path("id").asText());
      say(document.path("name").asText() + " is removed from " + base);
    }
    return Exit.SUCCESS;
  }
}
