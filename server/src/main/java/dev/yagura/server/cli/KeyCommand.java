package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.server.http.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yagura key …}: who may call the API. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes, lists and deletes API keys.",
    subcommands = {KeyCommand.Create.class, KeyCommand.ListAll.class, KeyCommand.Delete.class})
final class KeyCommand extends Group {

  /** What a key is for. */
  static final class For {
    @Option(
        names = "--workflow",
        paramLabel = "NAME",
        description = "Runs this workflow: POST /v1/workflows/run.")
    @Nullable String workflow;

    @Option(names = "--intake", description = "Hands findings in: POST /v1/findings.")
    boolean intake;

    @Option(names = "--knowledge", description = "For Dify's dataset API.")
    boolean knowledge;
  }

  /** Makes a key. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes a key and shows it, once. Only its hash is kept.")
  static final class Create extends TargetCommand {
    @ArgGroup(exclusive = true, multiplicity = "1")
    For purpose = new For();

    Create(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      String kind = purpose.intake ? "intake" : purpose.knowledge ? "dataset" : "app";
      ObjectNode body = Json.object().put("kind", kind);
      if (purpose.workflow != null) {
        body.put("workflow", purpose.workflow);
      }
      JsonNode made = target.post("/keys", body);
      console.out().println(made.path("token").asText());
      console.err().println("yagura: this key is shown once; keep it where secrets are kept");
      if (made.has("published") && !made.path("published").asBoolean()) {
        console
            .err()
            .println(
                "yagura: the workflow is not published yet; calls are refused until: yagura"
                    + " workflow publish '"
                    + Terminal.plain(made.path("workflow").asText())
                    + "'");
      }
      return Exit.SUCCESS;
    }
  }

  /** Lists keys. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists keys by their beginnings.")
  static final class ListAll extends TargetCommand {
    ListAll(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode keys = target.get("/keys").path("data");
      if (keys.isEmpty()) {
        say("no keys yet; make one: yagura key create --intake");
      }
      for (JsonNode key : keys) {
        say(
            key.path("id").asText().substring(0, 12)
                + "  "
                + key.path("kind").asText()
                + "  "
                + key.path("hint").asText()
                + "  "
                + key.path("workflow").asText());
      }
      return Exit.SUCCESS;
    }
  }

  /** Deletes a key. */
  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Deletes a key; whoever has it is refused from now on.")
  static final class Delete extends TargetCommand {
    @Parameters(paramLabel = "ID", description = "The id that list shows.")
    String id = "";

    Delete(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      for (JsonNode key : target.get("/keys").path("data")) {
        if (id.length() >= 8 && key.path("id").asText().startsWith(id)) {
          JsonNode unused = target.delete("/keys/" + key.path("id").asText());
          say("deleted");
          return Exit.SUCCESS;
        }
      }
      console
          .err()
          .println(
              "yagura: there is no key "
                  + Terminal.plain(id)
                  + " (expected: an id of: yagura key list)");
      return Exit.UNUSABLE_INPUT;
    }
  }
}
