package dev.yagura.connect.slack;

import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.ChannelKind;
import dev.yagura.connect.SlackWebhook;
import dev.yagura.egress.EgressClient;
import java.util.List;

/** A further incoming webhook of Slack, beside the one of {@code slack set}. */
public final class SlackWebhookKind implements ChannelKind {
  @Override
  public String name() {
    return "slack-webhook";
  }

  @Override
  public String doc() {
    return "A channel of Slack by an incoming webhook, or the trigger of a workflow in Slack.";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        new Field("url", "https://hooks.slack.com/services/…, from Incoming Webhooks", true, true));
  }

  @Override
  public Channel open(Settings settings, EgressClient egress) {
    Secret url = settings.secrets().getOrDefault("url", new Secret(""));
    SlackWebhook.check(url.reveal(), settings.standsIn().test(url.reveal()));
    return new SlackWebhook(egress, url);
  }
}
