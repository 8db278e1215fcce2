package dev.yagura.server;

import dev.yagura.connect.ChannelKind;
import dev.yagura.connect.DeliveryLoop;
import dev.yagura.connect.OutboxDelivery;
import dev.yagura.graph.RunEvent;
import dev.yagura.run.RunListener;
import dev.yagura.server.app.SlackSettings;
import dev.yagura.server.channel.Channels;
import dev.yagura.server.config.Config;
import dev.yagura.server.config.Key;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The channels, and what takes alerts out of the outbox to them. */
public final class AlertDelivery implements AutoCloseable {
  private final SlackSettings slack;
  private final Channels channels;
  private final OutboxDelivery delivery;
  private volatile @Nullable DeliveryLoop loop;

  AlertDelivery(
      Config config, OutboxDelivery.Ports outbox, Channels.Ports ports, SlackSettings slack) {
    this.slack = slack;
    this.channels = new Channels(ports, ServiceLoader.load(ChannelKind.class), slack);
    this.delivery = new OutboxDelivery(outbox, channels::places, limits(config));
  }

  private static OutboxDelivery.Limits limits(Config config) {
    return new OutboxDelivery.Limits(
        config.count(Key.ALERTS_ALONE),
        config.seconds(Key.ALERTS_WINDOW_SECONDS),
        config.seconds(Key.ALERTS_COLLECT_SECONDS),
        config.seconds(Key.ALERTS_REPEAT_SECONDS),
        config.seconds(Key.ALERTS_THREAD_SECONDS));
  }

  /** The Slack webhook. */
  public SlackSettings slack() {
    return slack;
  }

  /** All channels, the webhook among them. */
  public Channels channels() {
    return channels;
  }

  /** Begins to deliver; what was being sent when the process ended comes first. */
  void start() {
    delivery.releaseInterrupted();
    loop = new DeliveryLoop(delivery);
  }

  /** There may be something in the outbox. */
  public void wake() {
    DeliveryLoop running = loop;
    if (running != null) {
      running.wake();
    }
  }

  /** A channel is set up anew, or gone: what waits for it goes out, or to others. */
  public void changed(String name) {
    if (channels.find(name).isPresent()) {
      delivery.channelChanged(name);
    } else {
      delivery.channelRemoved(name);
    }
    wake();
  }

  /** Hears a run so that its alerts go out at once. */
  public RunListener listener() {
    return (run, events) -> {
      if (events.stream()
          .anyMatch(
              event -> event instanceof RunEvent.NodeSucceeded done && !done.effects().isEmpty())) {
        wake();
      }
    };
  }

  /** Ends after the deliveries that are under way. */
  @Override
  public void close() {
    DeliveryLoop running = loop;
    if (running != null) {
      running.close();
    }
  }
}
