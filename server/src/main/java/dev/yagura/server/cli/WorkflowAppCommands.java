package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.server.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person does with workflows in the studio. */
final class WorkflowAppCommands {
  private WorkflowAppCommands() {}

  private static void show(TargetCommand command, JsonNode app) {
    for (JsonNode problem : app.path("problems")) {
      command.console.err().println("yagura: " + Terminal.plain(problem.asText()));
    }
    boolean published = app.path("published").asBoolean();
    command.say(
        app.path("name").asText()
            + "  "
            + app.path("id").asText()
            + (published ? "  published" : "  not published; see: yagura workflow publish"));
  }

  /** Imports a file. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Imports a Dify DSL file; nothing in it is run or fetched.",
        "A workflow of the same name is changed; what is published runs on until the next publish."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  yagura workflow import handler.yml --bind '*=GuardDuty' --env language=ja --publish"
      })
  static final class Import extends TargetCommand {
    @Parameters(paramLabel = "FILE", description = "The file; - is standard input.")
    String file = "";

    @Option(
        names = "--bind",
        paramLabel = "NODE=KNOWLEDGE",
        description = "Knowledge bases of a node, by id or title; * is every node.")
    Map<String, String> bind = new LinkedHashMap<>();

    @Option(
        names = "--env",
        paramLabel = "NAME=VALUE",
        description = "Value of an environment variable; env:NAME and file:PATH are read.")
    Map<String, String> environment = new LinkedHashMap<>();

    @Option(names = "--publish", description = "Makes it run at once.")
    boolean publish;

    Import(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      ObjectNode body = Json.object().put("source", file).put("dsl", Inputs.text(console, file));
      ObjectNode bound = body.putObject("bind");
      bind.forEach(bound::put);
      ObjectNode values = body.putObject("environment");
      environment.forEach(
          (name, value) ->
              values.put(
                  name, value.matches("(env|file):.+") ? Secrets.read(console, value) : value));
      show(this, target.post("/workflows", body.put("publish", publish)));
      return Exit.SUCCESS;
    }
  }

  /** Binds nodes. */
  @Command(
      name = "bind",
      mixinStandardHelpOptions = true,
      description = "Binds nodes that look things up to knowledge bases; counts when published.")
  static final class Bind extends TargetCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The workflow.")
    String name = "";

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "NODE=KNOWLEDGE",
        description = "A node (id or title, * for all) and knowledge bases with commas between.")
    List<String> bindings = List.of();

    Bind(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      ObjectNode body = Json.object();
      ObjectNode bind = body.putObject("bind");
      for (String one : bindings) {
        int equals = one.indexOf('=');
        if (equals < 1) {
          throw new picocli.CommandLine.ParameterException(
              spec.commandLine(), "'" + one + "' (expected: NODE=KNOWLEDGE)");
        }
        bind.put(one.substring(0, equals), one.substring(equals + 1));
      }
      show(this, target.post("/workflows/" + encode(name) + "/bind", body));
      say("publish it to make it run: yagura workflow publish '" + name + "'");
      return Exit.SUCCESS;
    }
  }

  /** Runs the draft. */
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = {
        "Runs the draft of a workflow with a finding, on the running server, before it is"
            + " published.",
        "An alert that it orders goes out."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  yagura sample Recon:EC2/PortProbeUnprotectedPort > f.json",
        "  yagura workflow test GuardDutyHandler f.json"
      })
  static final class Test extends TargetCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The workflow.")
    String name = "";

    @Parameters(index = "1", paramLabel = "FINDING", description = "A file; - is standard input.")
    String file = "";

    Test(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      if (target.url().isEmpty()) {
        console
            .err()
            .println("yagura: no server runs on this data folder (expected: yagura serve)");
        return Exit.FAILURE;
      }
      String text = Inputs.text(console, file);
      ObjectNode body = Json.object();
      body.set("finding", Json.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      JsonNode run = target.post("/workflows/" + encode(name) + "/test", body);
      for (JsonNode node : run.path("nodes")) {
        String error = node.path("error").asText();
        say(
            String.format(
                    "%6d ms  %-10s %s",
                    node.path("milliseconds").asLong(),
                    node.path("status").asText(),
                    node.path("title").asText())
                + (error.isEmpty() ? "" : ": " + error));
      }
      say("run " + run.path("id").asText() + " " + run.path("status").asText());
      run.path("outputs")
          .properties()
          .forEach(output -> say("  " + output.getKey() + ": " + output.getValue().asText()));
      return run.path("status").asText().equals("failed") ? Exit.FAILURE : Exit.SUCCESS;
    }
  }

  /** Publishes. */
  @Command(
      name = "publish",
      mixinStandardHelpOptions = true,
      description = "Makes the draft of a workflow the version that runs.")
  static final class Publish extends TargetCommand {
    @Parameters(paramLabel = "NAME", description = "The workflow.")
    String name = "";

    Publish(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      show(this, target.post("/workflows/" + encode(name) + "/publish", Json.object()));
      say("make a key for it: yagura key create --workflow '" + name + "'");
      return Exit.SUCCESS;
    }
  }

  /** Lists. */
  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all workflows.")
  static final class ListAll extends TargetCommand {
    ListAll(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode apps = target.get("/workflows").path("data");
      if (apps.isEmpty()) {
        say("no workflows yet; import one: yagura workflow import FILE --publish");
      }
      apps.forEach(app -> show(this, app));
      return Exit.SUCCESS;
    }
  }

  /** Exports. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Prints the DSL file of a workflow, without the values of secrets.")
  static final class Export extends TargetCommand {
    @Parameters(paramLabel = "NAME", description = "The workflow.")
    String name = "";

    @Option(names = "--include-secret", description = "With the values of secrets.")
    boolean secrets;

    Export(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode answer = target.get("/workflows/" + encode(name) + "/export?secrets=" + secrets);
      console.out().print(answer.path("data").asText());
      console.out().flush();
      return Exit.SUCCESS;
    }
  }
}
