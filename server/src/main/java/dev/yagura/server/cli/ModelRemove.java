package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.model.ProviderNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a provider out. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = {
      "Removes the registration of a provider with its options and secrets.",
      "",
      "Workflows that name its models are listed: the system model answers them from now on.",
      "Runs that are asking one of its models hear its answer."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura model default chat anthropic/claude-haiku-4-5    another system model first",
      "  yagura model remove openai",
      "  yagura model remove bedrock --force                     the system model was its own"
    })
final class ModelRemove extends TargetCommand {
  @Parameters(paramLabel = "PROVIDER", description = "One that yagura model list shows.")
  String provider = "";

  @Option(
      names = "--force",
      description =
          "Also where one of its models is a system model, which is unset then: alerts come from"
              + " the catalogue until there is another.")
  boolean force;

  ModelRemove(Console console) {
    super(console);
  }

  @Override
  int run(Target target) {
    String path = "/models/" + encode(ProviderNames.shortName(provider));
    JsonNode answer = target.delete(path + "?force=" + force);
    say(answer.path("provider").asText() + " is removed with its secrets");
    for (JsonNode one : answer.path("unset")) {
      String kind = one.path("kind").asText();
      say(
          one.path("model").asText()
              + " was the system's "
              + kind
              + " model; there is none now, name another: yagura model default "
              + kind
              + " PROVIDER/MODEL");
    }
    String system = answer.path("system").asText();
    for (JsonNode use : answer.path("replaced")) {
      say(
          use.path("workflow").asText()
              + ", node "
              + use.path("node").asText()
              + ": "
              + use.path("model").asText()
              + (system.isEmpty()
                  ? " is not there any more, and no system model that could answer"
                  : " is answered by the system model " + system + " from now on"));
    }
    return Exit.SUCCESS;
  }
}
