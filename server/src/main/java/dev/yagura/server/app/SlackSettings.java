package dev.yagura.server.app;

import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.Place;
import dev.yagura.connect.SlackWebhook;
import dev.yagura.egress.EgressClient;
import dev.yagura.server.secret.Vault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where alerts go: the webhook of the configuration, else the one that was set. */
public final class SlackSettings {
  /** The id of the channel. */
  public static final String ID = "slack";

  private static final String PURPOSE = "slack/webhook";

  private final JsonRecords records;
  private final Vault vault;
  private final EgressClient egress;
  private final List<String> standIns;
  private final Optional<Secret> configured;

  /**
   * @param standIns hosts that the administrator has listed, which may stand in for Slack
   * @param configured by the configuration file or the environment
   */
  public SlackSettings(
      JsonRecords records,
      Vault vault,
      EgressClient egress,
      List<String> standIns,
      Optional<Secret> configured) {
    this.records = records;
    this.vault = vault;
    this.egress = egress;
    this.standIns = standIns;
    this.configured = configured;
    configured.ifPresent(url -> SlackWebhook.check(url.reveal(), isStandIn(url.reveal())));
  }

  /** Whether the administrator has listed the host of a URL, so that it may stand in. */
  public boolean isStandIn(String url) {
    try {
      URI uri = URI.create(url);
      String host = uri.getHost();
      return host != null
          && (standIns.contains(host) || standIns.contains(host + ":" + uri.getPort()));
    } catch (IllegalArgumentException noUrl) {
      return false;
    }
  }

  /** Keeps a webhook, encrypted; a FlowException where it is none. */
  public void set(String url) {
    String stripped = url.strip();
    SlackWebhook.check(stripped, isStandIn(stripped));
    records.put(ID, JsonRecords.object().put("webhook", vault.seal(new Secret(stripped), PURPOSE)));
  }

  /** Forgets the webhook that was set; false where none was. That of the configuration stays. */
  public boolean unset() {
    return records.delete(ID);
  }

  /** Whether the webhook is the configuration's, which counts before the one that was set. */
  public boolean isConfigured() {
    return configured.isPresent();
  }

  /** The channel, which takes all alerts; none where none is set. */
  public List<Place> places() {
    return channel().map(channel -> new Place(ID, channel, alert -> true)).stream().toList();
  }

  public Optional<Channel> channel() {
    return configured
        .or(() -> records.find(ID).map(json -> vault.open(json.path("webhook").asText(), PURPOSE)))
        .map(url -> new SlackWebhook(egress, url));
  }
}
