package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.server.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yagura model …}: which models there are. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = "Registers and removes models, and says which ones the system uses.",
    subcommands = {
      ModelCommand.Add.class,
      ModelCommand.Default.class,
      ModelCommand.Test.class,
      ModelCommand.ListAll.class,
      ModelRemove.class
    })
final class ModelCommand extends Group {

  /** Registers a provider. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Registers a provider; the first --model becomes the system model.",
        "",
        "Amazon Bedrock takes the role of this machine unless keys are given; its Region is"
            + " AWS_REGION or --region.",
        "Secrets are read from the environment or a file, so that no shell remembers them:",
        "--secret api-key=env:OPENAI_API_KEY"
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  yagura model add bedrock --region ap-northeast-1 \\",
        "      --model global.anthropic.claude-haiku-4-5-20251001-v1:0 \\",
        "      --embedding amazon.titan-embed-text-v2:0",
        "  yagura model add local --embedding all-minilm-l6-v2",
        "  yagura model add openai --option base-url=http://127.0.0.1:11434/v1 --model llama3.1",
        "  yagura model add anthropic --secret api-key=env:ANTHROPIC_API_KEY --model"
            + " claude-haiku-4-5"
      })
  static final class Add extends TargetCommand {
    @Parameters(paramLabel = "PROVIDER", description = "bedrock, openai, anthropic or local.")
    String provider = "";

    @Option(names = "--region", paramLabel = "REGION", description = "AWS Region.")
    @Nullable String region;

    @Option(names = "--option", paramLabel = "NAME=VALUE", description = "See: yagura model list.")
    Map<String, String> given = new LinkedHashMap<>();

    @Option(
        names = "--secret",
        paramLabel = "NAME=REF",
        description = "A secret option: env:NAME or file:PATH.")
    Map<String, String> secrets = new LinkedHashMap<>();

    @Option(
        names = "--model",
        paramLabel = "ID",
        description = "Becomes the system model; says which one it replaces.")
    @Nullable String model;

    @Option(
        names = "--embedding",
        paramLabel = "ID",
        description = "Becomes the system's embedding model.")
    @Nullable String embedding;

    @Option(
        names = "--rerank",
        paramLabel = "ID",
        description = "Becomes the system's model that reranks what retrieval finds.")
    @Nullable String rerank;

    @Option(
        names = "--only",
        paramLabel = "ID",
        description = "A model that counts as registered; others become the system model.")
    List<String> only = new ArrayList<>();

    Add(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      ObjectNode body = Json.object().put("provider", provider);
      ObjectNode all = body.putObject("options");
      given.forEach(all::put);
      if (region != null) {
        all.put("region", region);
      }
      secrets.forEach((name, reference) -> all.put(name, Secrets.read(console, reference)));
      only.forEach(body.putArray("models")::add);
      JsonNode unused = target.post("/models", body);
      say(provider + " is registered");
      if (model != null) {
        system(target, "chat", provider, model);
      }
      if (embedding != null) {
        system(target, "embedding", provider, embedding);
      }
      if (rerank != null) {
        system(target, "rerank", provider, rerank);
      }
      say("try it: yagura model test");
      return Exit.SUCCESS;
    }

    private void system(Target target, String kind, String of, String name) {
      String before = target.get("/models").path("system").path(kind).asText("");
      if (!before.isEmpty() && !before.equals(of + "/" + name)) {
        say(
            before
                + " was the system's "
                + kind
                + " model until now; workflows that name a registered provider still use that one");
      }
      JsonNode unused = target.post("/models/default", settings(kind, of, name));
      say("the system's " + kind + " model is " + of + "/" + name);
    }
  }

  private static ObjectNode settings(String kind, String provider, String model) {
    return Json.object().put("kind", kind).put("provider", provider).put("model", model);
  }

  /** Names a model of the system. */
  @Command(
      name = "default",
      mixinStandardHelpOptions = true,
      description =
          "Names the model that answers where a workflow names none that is registered, that embeds"
              + " documents and questions, or that reranks what retrieval finds.")
  static final class Default extends TargetCommand {
    @Parameters(index = "0", paramLabel = "chat|embedding|rerank", description = "What for.")
    String kind = "";

    @Parameters(index = "1", paramLabel = "PROVIDER/MODEL", description = "Which.")
    String name = "";

    Default(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      int slash = name.indexOf('/');
      if (slash < 1) {
        throw new picocli.CommandLine.ParameterException(
            spec.commandLine(), "'" + name + "' (expected: PROVIDER/MODEL)");
      }
      JsonNode unused =
          target.post(
              "/models/default",
              settings(kind, name.substring(0, slash), name.substring(slash + 1)));
      say("the system's " + kind + " model is " + name);
      return Exit.SUCCESS;
    }
  }

  /** Tries a model. */
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = {
        "Asks a model for one word, a vector or a ranking; without a name the system's models."
      })
  static final class Test extends TargetCommand {
    private static final List<String> KINDS = List.of("chat", "embedding", "rerank");

    @Parameters(arity = "0..1", paramLabel = "PROVIDER/MODEL", description = "Which.")
    String name = "";

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        description = "chat, embedding or rerank; what the system uses the model for, else chat.")
    String kind = "";

    Test(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      if (name.isEmpty() && kind.isEmpty()) {
        JsonNode system = target.get("/models").path("system");
        List<String> set = KINDS.stream().filter(system::has).toList();
        (set.isEmpty() ? List.of("chat") : set).forEach(one -> tell(target, one));
      } else {
        tell(target, kind);
      }
      return Exit.SUCCESS;
    }

    private void tell(Target target, String of) {
      int slash = name.indexOf('/');
      ObjectNode body =
          settings(of, slash < 1 ? "" : name.substring(0, slash), name.substring(slash + 1));
      JsonNode tried = target.post("/models/test", body);
      String model = tried.path("model").asText();
      String time = " after " + tried.path("milliseconds").asLong() + " ms";
      String tokens = tried.path("tokens").asLong() + " tokens";
      say(
          switch (tried.path("kind").asText()) {
            case "embedding" ->
                model
                    + " embeds"
                    + time
                    + " with "
                    + tokens
                    + ": "
                    + tried.path("dimensions").asInt()
                    + " dimensions";
            case "rerank" ->
                model
                    + " ranks"
                    + time
                    + ": the text that answers "
                    + (tried.path("right").asBoolean() ? "first " : "LAST ")
                    + tried.path("scores");
            default ->
                model
                    + " answers"
                    + time
                    + " with "
                    + tokens
                    + ": "
                    + tried.path("answer").asText();
          });
    }
  }

  /** Shows what is there. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows providers, their options, and the system's models.")
  static final class ListAll extends TargetCommand {
    ListAll(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode models = target.get("/models");
      for (JsonNode provider : models.path("providers")) {
        boolean registered = provider.path("registered").asBoolean();
        say(
            provider.path("id").asText()
                + "  "
                + provider.path("title").asText()
                + (registered ? "  registered " + provider.path("options") : ""));
        if (!registered) {
          for (JsonNode option : provider.path("known_options")) {
            say(
                "    "
                    + (option.path("secret").asBoolean() ? "--secret " : "--option ")
                    + option.path("name").asText()
                    + "  "
                    + option.path("doc").asText());
          }
        }
      }
      JsonNode system = models.path("system");
      say("system chat model:      " + system.path("chat").asText("none"));
      say("system embedding model: " + system.path("embedding").asText("none"));
      say("system rerank model:    " + system.path("rerank").asText("none"));
      return Exit.SUCCESS;
    }
  }
}
