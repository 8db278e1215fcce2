package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.server.http.Json;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yagura rule …}: which workflow explains what, and what no alert goes out for. */
@Command(
    name = "rule",
    mixinStandardHelpOptions = true,
    description = {
      "Decides with EventBridge's patterns which workflow explains which finding,",
      "and which one no alert goes out for. See docs/rules.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura rule test pattern.json samples/*.json",
      "  yagura rule add mining pattern.json --workflow Mining",
      "  yagura rule suppress pentest pattern.json --until 14d --reason 'red team'",
      "  yagura rule list"
    },
    subcommands = {
      RuleCommand.Add.class,
      RuleSuppress.class,
      RuleCommand.Show.class,
      RuleCommand.Remove.class,
      RuleTestCommand.class,
      RuleCommand.Log.class
    })
final class RuleCommand extends Group {

  /** Sets a rule for a workflow, or for none. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Sets a rule; one of the same name is replaced.",
        "What no rule takes goes to the default workflow; an event that is no finding is",
        "refused then."
      })
  static final class Add extends TargetCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the rule.")
    String name = "";

    @Parameters(
        index = "1",
        paramLabel = "PATTERN",
        description = "A file, - for standard input, or the JSON itself.")
    String pattern = "";

    @ArgGroup(multiplicity = "1")
    What what = new What();

    @Option(
        names = "--order",
        paramLabel = "N",
        description = "The lowest that matches counts; default: 100.")
    int order = 100;

    /** What is done. */
    static final class What {
      @Option(names = "--workflow", paramLabel = "NAME", description = "Explains what matches.")
      String workflow = "";

      @Option(names = "--ignore", description = "No workflow runs and no alert goes out, for good.")
      boolean ignore;
    }

    Add(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      ObjectNode rule = Json.object().put("name", name).put("order", order);
      rule.put("pattern", PatternText.of(console, pattern));
      if (what.ignore) {
        rule.put("ignore", true);
      } else {
        rule.put("workflow", what.workflow);
      }
      return tell(this, target.post("/rules", rule));
    }
  }

  static int tell(TargetCommand command, JsonNode rule) {
    rule.path("warnings")
        .forEach(one -> command.console.err().println(Terminal.plain("yagura: " + one.asText())));
    command.say(line(rule) + (rule.path("replaced").asBoolean() ? " (replaced)" : ""));
    return Exit.SUCCESS;
  }

  static String line(JsonNode rule) {
    String name = rule.path("name").asText() + ": ";
    return name
        + switch (rule.path("action").asText()) {
          case "workflow" ->
              "workflow "
                  + (rule.path("workflow").asText().isEmpty()
                      ? "that is deleted"
                      : rule.path("workflow").asText());
          case "suppress" ->
              (rule.path("active").asBoolean() ? "suppressed until " : "EXPIRED at ")
                  + rule.path("until").asText()
                  + ", because "
                  + rule.path("reason").asText()
                  + (rule.path("by").asText().isEmpty()
                      ? ""
                      : " (" + rule.path("by").asText() + ")");
          default -> "ignored";
        };
  }

  /** Shows the rules. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows the rules in the order in which they are asked.")
  static final class Show extends TargetCommand {
    Show(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode rules = target.get("/rules").path("data");
      for (JsonNode rule : rules) {
        int exempt = rule.path("exempt").asInt();
        say(line(rule) + (exempt > 0 ? "; no alert about " + exempt : ""));
        say("  order " + rule.path("order").asInt() + ", " + rule.path("pattern"));
      }
      if (rules.isEmpty()) {
        say("no rules: findings go to the default workflow");
      }
      return Exit.SUCCESS;
    }
  }

  /** Removes a rule. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a rule; it counts for nothing that comes in from now on.")
  static final class Remove extends TargetCommand {
    @Parameters(paramLabel = "NAME", description = "The name of the rule.")
    String name = "";

    Remove(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode unused = target.delete("/rules/" + encode(name));
      say(name + " is removed");
      return Exit.SUCCESS;
    }
  }

  /** Shows what no alert went out for. */
  @Command(
      name = "log",
      mixinStandardHelpOptions = true,
      description = "Shows the last 100 findings that no alert went out for, and why.")
  static final class Log extends TargetCommand {
    Log(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      for (JsonNode one : target.get("/rules/exempt").path("data")) {
        say(
            one.path("at").asText()
                + " "
                + one.path("event").asText()
                + ": "
                + one.path("rule").asText()
                + (one.path("suppressed").asBoolean()
                    ? " suppresses it, because " + one.path("reason").asText()
                    : " ignores it"));
      }
      return Exit.SUCCESS;
    }
  }
}
