package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.base.Failure;
import dev.yagura.base.TimeId;
import dev.yagura.connect.Channel;
import dev.yagura.connect.Notice;
import dev.yagura.connect.OutboxDelivery;
import dev.yagura.finding.FindingReader;
import dev.yagura.finding.FindingReader.Item;
import dev.yagura.finding.Language;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import dev.yagura.server.Engine;

/** Sends a sample alert to the channel that is set. */
final class SlackTest {
  private static final String TYPE = "Recon:EC2/PortProbeUnprotectedPort";

  private final Engine engine;

  SlackTest(Engine engine) {
    this.engine = engine;
  }

  /** Sends it to the Slack webhook. */
  JsonNode send(String asked) {
    Channel channel =
        engine
            .alerts()
            .slack()
            .channel()
            .orElseThrow(
                () -> Failure.user("SlackNotSet", OutboxDelivery.NO_CHANNEL).asException());
    return send(channel, asked);
  }

  /** Sends it to any channel. */
  JsonNode send(Channel channel, String asked) {
    Language given = Language.of(asked);
    if (given == null && !asked.isBlank()) {
      throw Failure.user("invalid_param", "language: '" + asked + "' (expected: ja or en)")
          .asException();
    }
    Language language = given == null ? engine.config().language() : given;
    return switch (channel.deliver(
        new Notice.Single("test/" + TimeId.at(engine.clock().instant()), alert(language), false))) {
      case Channel.Delivery.Done done -> Json.object().put("result", "delivered");
      case Channel.Delivery.Busy busy ->
          throw failed(
              busy.reason() + ", for " + busy.pause().toSeconds() + " seconds from now", true);
      case Channel.Delivery.Later later -> throw failed(later.reason(), true);
      case Channel.Delivery.Never never -> throw failed(never.reason(), false);
    };
  }

  private static RuntimeException failed(String reason, boolean retryable) {
    return Failure.upstream(
            "ChannelRefused", "the channel did not take the alert: " + reason, retryable)
        .asException();
  }

  private Alert alert(Language language) {
    Item item = FindingReader.read("sample", new Samples(Catalogue.load()).event(TYPE)).getFirst();
    if (!(item instanceof Item.Accepted accepted)) {
      throw new IllegalStateException("the sample is no finding");
    }
    return engine.floor().write(accepted.finding(), language, engine.config().timeZone(), "");
  }
}
