package dev.yagura.connect.slack;

import dev.yagura.base.Failure;
import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.ChannelKind;
import dev.yagura.egress.EgressClient;
import java.util.List;

/** A Slack channel by a bot's token. */
public final class SlackBotKind implements ChannelKind {
  @Override
  public String name() {
    return "slack-bot";
  }

  @Override
  public String doc() {
    return "A channel of Slack by a bot's token: no alert twice, repeats in threads.";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        new Field("token", "Bot User OAuth Token, xoxb-…", true, true),
        new Field("channel", "ID of the channel, like C0123456789", false, true),
        new Field("api", "Address of the API; default: https://slack.com/api", false, false));
  }

  @Override
  public Channel open(Settings settings, EgressClient egress) {
    Secret token = settings.secrets().getOrDefault("token", new Secret(""));
    if (!token.reveal().matches("xoxb-[A-Za-z0-9-]{1,200}")) {
      throw invalid("token: this is no bot's token (expected: xoxb-…, from OAuth & Permissions)");
    }
    String channel = settings.text("channel");
    if (!channel.matches("[CG][A-Z0-9]{5,20}")) {
      throw invalid(
          "channel: '"
              + channel
              + "' (expected: its ID, like C0123456789: in Slack at the foot of its details)");
    }
    return new SlackBot(new SlackApi(egress, api(settings), token), channel);
  }

  private static String api(Settings settings) {
    String given = settings.text("api").replaceAll("/+$", "");
    if (given.isEmpty()) {
      return "https://slack.com/api";
    }
    boolean slack = given.matches("https://slack(-gov)?\\.com/api");
    if (!slack && !settings.standsIn().test(given)) {
      throw invalid(
          "api: '"
              + given
              + "' (expected: https://slack.com/api, https://slack-gov.com/api, or a host that"
              + " egress.allow lists)");
    }
    return given;
  }

  private static RuntimeException invalid(String message) {
    return Failure.user("invalid_param", message).asException();
  }
}
