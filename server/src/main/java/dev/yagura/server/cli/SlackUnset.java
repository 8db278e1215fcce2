package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.server.config.Key;
import picocli.CommandLine.Command;

/** Forgets the webhook. */
@Command(
    name = "unset",
    mixinStandardHelpOptions = true,
    description = {
      "Removes the webhook that `slack set` has stored. Nothing is lost: alerts wait in the outbox",
      "and go out when another webhook is set.",
      "",
      "A webhook of the configuration (slack.webhook) is not touched; the command says how to take",
      "it out, and ends with 1."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura slack unset",
      "  yagura slack status                     what waits",
      "  yagura slack set env:SLACK_WEBHOOK      sends it there"
    })
final class SlackUnset extends TargetCommand {
  SlackUnset(Console console) {
    super(console);
  }

  @Override
  int run(Target target) {
    JsonNode answer = target.delete("/slack");
    boolean removed = answer.path("removed").asBoolean();
    if (answer.path("configured").asBoolean()) {
      if (removed) {
        say("the webhook that was stored is removed");
      }
      console.err().println(configured());
      return Exit.FAILURE;
    }
    int waiting = answer.path("alerts").path("pending").asInt();
    say(removed ? "the webhook is removed" : "no webhook is set; there was nothing to remove");
    say(
        (waiting == 1 ? "1 alert waits" : waiting + " alerts wait")
            + " in the outbox; what waits goes out when a webhook is set: yagura slack set -");
    return Exit.SUCCESS;
  }

  private static String configured() {
    Key key = Key.SLACK_WEBHOOK;
    return "yagura: alerts still go to the webhook of the configuration (expected: take "
        + key.path()
        + " out of the configuration file, "
        + key.variable()
        + " out of the environment and --set "
        + key.path()
        + " off the command line, whichever sets it; then start the server again)";
  }
}
