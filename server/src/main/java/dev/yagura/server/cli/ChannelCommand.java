package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.server.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yagura channel …}: where alerts go beside the Slack webhook. */
@Command(
    name = "channel",
    mixinStandardHelpOptions = true,
    description = {
      "Sets up channels beside the Slack webhook, and decides which alerts each gets.",
      "See docs/channels.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura channel kinds",
      "  yagura channel add soc slack-bot token=env:SLACK_TOKEN channel=C0123456789",
      "  yagura channel add pager webhook url=https://… secret=file:key --severity high",
      "  yagura channel test soc"
    },
    subcommands = {
      ChannelCommand.Add.class,
      ChannelCommand.Show.class,
      ChannelCommand.Kinds.class,
      ChannelCommand.Remove.class,
      ChannelCommand.Test.class,
      ChannelCommand.Resend.class
    })
final class ChannelCommand extends Group {

  /** Sets a channel. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Sets a channel; one of the same name is replaced. Alerts that wait for it go out.",
        "Secrets are given by reference: env:NAME, file:PATH or - for standard input; addresses",
        "may stand there as they are.",
        "A secret that is left out stays what it was."
      })
  static final class Add extends TargetCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "Your name for it.")
    String name = "";

    @Parameters(index = "1", paramLabel = "KIND", description = "See: yagura channel kinds")
    String kind = "";

    @Parameters(
        index = "2..*",
        paramLabel = "FIELD=VALUE",
        description = "What the kind must be told.")
    Map<String, String> fields = new LinkedHashMap<>();

    @Option(
        names = "--severity",
        paramLabel = "BAND",
        description = "Takes only alerts from this on: low, medium, high, critical.")
    String severity = "";

    @Option(
        names = "--pattern",
        paramLabel = "PATTERN",
        description = "Takes only findings that match: a file, - or the JSON itself.")
    String pattern = "";

    Add(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      ObjectNode body = Json.object().put("name", name).put("kind", kind);
      ObjectNode given = body.putObject("fields");
      Map<String, Boolean> known = secretFields(target, kind);
      fields.forEach(
          (field, value) ->
              given.put(
                  field,
                  known.getOrDefault(field, false) && !isUrl(value)
                      ? Secrets.read(console, field, value)
                      : value));
      body.put("severity", severity);
      if (!pattern.isEmpty()) {
        body.put("pattern", PatternText.of(console, pattern));
      }
      JsonNode answer = target.post("/channels", body);
      answer
          .path("warnings")
          .forEach(one -> console.err().println(Terminal.plain("yagura: " + one.asText())));
      say(name + ": " + answer.path("description").asText());
      say("try it: yagura channel test " + name);
      return Exit.SUCCESS;
    }

    /** As with {@code slack set}, an address may stand on the command line itself. */
    private static boolean isUrl(String value) {
      return value.matches("https?://.*");
    }

    private static Map<String, Boolean> secretFields(Target target, String kind) {
      Map<String, Boolean> secrets = new LinkedHashMap<>();
      for (JsonNode one : target.get("/channels/kinds").path("data")) {
        if (one.path("name").asText().equals(kind)) {
          one.path("fields")
              .forEach(
                  field ->
                      secrets.put(field.path("name").asText(), field.path("secret").asBoolean()));
        }
      }
      return secrets;
    }
  }

  /** Shows the channels. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows the channels, what they take and what waits for them.")
  static final class Show extends TargetCommand {
    Show(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode answer = target.get("/channels");
      for (JsonNode one : answer.path("data")) {
        say(
            one.path("name").asText()
                + ": "
                + (one.path("unusable").asBoolean()
                    ? "cannot be used, see the log"
                    : one.path("description").asText())
                + ", "
                + one.path("waiting").asInt()
                + " waiting"
                + (one.has("severity") ? ", from " + one.path("severity").asText() : ""));
        if (one.has("pattern")) {
          say("  " + one.path("pattern").asText());
        }
      }
      if (answer.path("data").isEmpty()) {
        say("no channels: set one, for example with: yagura slack set -");
      }
      return Exit.SUCCESS;
    }
  }

  /** Shows what there can be. */
  @Command(
      name = "kinds",
      mixinStandardHelpOptions = true,
      description = "Shows the kinds of channels and what they must be told.")
  static final class Kinds extends TargetCommand {
    Kinds(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      for (JsonNode kind : target.get("/channels/kinds").path("data")) {
        say(kind.path("name").asText() + ": " + kind.path("doc").asText());
        for (JsonNode field : kind.path("fields")) {
          say(
              "  "
                  + field.path("name").asText()
                  + (field.path("required").asBoolean() ? "" : ", optional")
                  + (field.path("secret").asBoolean() ? ", secret" : "")
                  + ": "
                  + field.path("doc").asText());
        }
      }
      return Exit.SUCCESS;
    }
  }

  /** Removes a channel. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a channel; what waits for it goes to others.")
  static final class Remove extends TargetCommand {
    @Parameters(paramLabel = "NAME", description = "The name of the channel.")
    String name = "";

    Remove(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode unused = target.delete("/channels/" + encode(name));
      say(name + " is removed");
      return Exit.SUCCESS;
    }
  }

  /** Sends a sample. */
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = "Sends a sample alert to a channel.")
  static final class Test extends TargetCommand {
    @Parameters(paramLabel = "NAME", description = "The name of the channel.")
    String name = "";

    @Option(names = "--lang", paramLabel = "ja|en", description = "Language of the alert.")
    String language = "";

    Test(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode answer =
          target.post(
              "/channels/" + encode(name) + "/test", Json.object().put("language", language));
      say(answer.path("result").asText() + ": look at the channel");
      return Exit.SUCCESS;
    }
  }

  /** Tries an alert again. */
  @Command(
      name = "resend",
      mixinStandardHelpOptions = true,
      description = "Tries an alert again that waits or was given up; see: yagura slack status")
  static final class Resend extends TargetCommand {
    @CommandLine.Parameters(paramLabel = "KEY", description = "The key of the alert.")
    String key = "";

    Resend(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode answer = target.post("/alerts/resend", Json.object().put("key", key));
      say(answer.path("result").asText());
      return Exit.SUCCESS;
    }
  }
}
