package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.server.http.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yagura slack …}: where alerts go. */
@Command(
    name = "slack",
    mixinStandardHelpOptions = true,
    description = "Sets and removes the Slack webhook, tries it, and shows what waits for it.",
    subcommands = {
      SlackCommand.Set.class,
      SlackUnset.class,
      SlackCommand.Test.class,
      SlackCommand.Status.class
    })
final class SlackCommand extends Group {

  /** Sets the webhook. */
  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = {
        "Sets the incoming webhook; alerts that wait go out at once.",
        "In Slack: your app, Incoming Webhooks, Add New Webhook, choose a channel, copy the URL.",
        "The URL is a secret: give env:NAME, file:PATH or - to keep it out of the shell's history."
      })
  static final class Set extends TargetCommand {
    @Parameters(paramLabel = "URL", description = "https://hooks.slack.com/services/T…/B…/…")
    String url = "";

    Set(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      boolean reference = url.matches("(env|file):.*|-");
      String text = reference ? Secrets.read(console, url) : url;
      JsonNode answer = target.post("/slack", Json.object().put("url", text));
      say("set: " + answer.path("kind").asText());
      say("try it: yagura slack test");
      return Exit.SUCCESS;
    }
  }

  /** Sends a sample. */
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = "Sends a sample alert to the webhook.")
  static final class Test extends TargetCommand {
    @Option(names = "--lang", paramLabel = "ja|en", description = "Language of the alert.")
    String language = "";

    Test(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode answer = target.post("/slack/test", Json.object().put("language", language));
      say(answer.path("result").asText() + ": look at the channel");
      return Exit.SUCCESS;
    }
  }

  /** Shows the outbox. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Shows how many alerts were delivered, wait or have failed, and why.")
  static final class Status extends TargetCommand {
    Status(Console console) {
      super(console);
    }

    @Override
    int run(Target target) {
      JsonNode answer = target.get("/slack");
      say(
          "webhook: "
              + answer.path("kind").asText("none; set one: yagura slack set -, then its URL"));
      JsonNode counts = answer.path("alerts");
      say(
          "alerts: "
              + counts.path("delivered").asInt()
              + " delivered, "
              + counts.path("pending").asInt()
              + " waiting, "
              + counts.path("failed").asInt()
              + " failed");
      for (JsonNode item : answer.path("stuck")) {
        say(
            "  "
                + item.path("state").asText()
                + " after "
                + item.path("attempts").asInt()
                + " attempts, next "
                + item.path("next").asText()
                + ": "
                + item.path("error").asText());
        say("    again: yagura channel resend '" + item.path("key").asText() + "'");
      }
      return Exit.SUCCESS;
    }
  }
}
