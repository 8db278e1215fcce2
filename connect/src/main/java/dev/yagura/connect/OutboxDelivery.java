package dev.yagura.connect;

import dev.yagura.base.Boundary;
import dev.yagura.connect.Channel.Delivery;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.alert.Floor;
import dev.yagura.node.tool.AlertOrder;
import dev.yagura.run.Outbox;
import dev.yagura.run.Outbox.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes alerts out of the outbox and delivers them, one after the other. What the channel answers
 * is written down; what waits is tried again, longer and longer apart.
 */
public final class OutboxDelivery {
  /** Attempts before an item is given up and kept as failed: about two days. */
  public static final int MAX_ATTEMPTS = 300;

  /** What an item says that waits for a channel. */
  public static final String NO_CHANNEL =
      "no Slack webhook is set (set one: yagura slack set https://hooks.slack.com/services/…)";

  private static final Logger LOG = LoggerFactory.getLogger(OutboxDelivery.class);
  private static final int BATCH = 20;
  private static final int MAX_INTERRUPTED = 1_000;
  private static final Duration CLAIM = Duration.ofMinutes(2);
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration WITHOUT_CHANNEL = Duration.ofMinutes(1);

  private final Outbox outbox;
  private final Floor floor;
  private final InstantSource clock;
  private final Supplier<Optional<Channel>> channel;
  private volatile Instant pausedUntil = Instant.MIN;
  private volatile int channels;
  private boolean said;

  /**
   * @param channel the one that is set as of now
   */
  public OutboxDelivery(
      Outbox outbox, Floor floor, InstantSource clock, Supplier<Optional<Channel>> channel) {
    this.outbox = outbox;
    this.floor = floor;
    this.clock = clock;
    this.channel = channel;
  }

  /** Delivers what is due; gives how many items were dealt with. */
  public int deliverDue() {
    if (isPaused()) {
      return 0;
    }
    List<Item> due = outbox.due(clock.instant(), BATCH);
    int current = channels;
    Optional<Channel> to = due.isEmpty() ? Optional.empty() : channel.get();
    for (Item item : due) {
      if (isPaused() || channels != current) {
        break;
      }
      if (!item.effect().kind().equals(AlertOrder.EFFECT)) {
        outbox.failed(item.key(), "nobody here knows what " + item.effect().kind() + " is");
      } else if (to.isEmpty()) {
        waitForChannel(item);
      } else {
        deliver(item, to.get(), current);
      }
    }
    return due.size();
  }

  private boolean isPaused() {
    return clock.instant().isBefore(pausedUntil);
  }

  /** What was being sent when the process ended is due now: nobody is sending it any more. */
  public void releaseInterrupted() {
    outbox.stuck(MAX_INTERRUPTED).stream()
        .filter(item -> item.error().equals(Outbox.SENDING))
        .forEach(item -> outbox.hold(item.key(), Outbox.SENDING, now()));
  }

  private Instant now() {
    return clock.instant();
  }

  /** Another channel is set: everything that waits or was given up is due at once. */
  public synchronized void channelChanged() {
    channels++;
    pausedUntil = Instant.MIN;
    outbox.hurry(clock.instant());
  }

  private void waitForChannel(Item item) {
    if (!said) {
      LOG.warn("alerts are kept: {}", NO_CHANNEL);
      said = true;
    }
    outbox.hold(
        item.key(), marked(NO_CHANNEL, maybeSent(item)), clock.instant().plus(WITHOUT_CHANNEL));
  }

  @Boundary("an alert that cannot be written down stops at itself; the others go out")
  private void deliver(Item item, Channel to, int current) {
    boolean maybeSent = maybeSent(item);
    outbox.hold(item.key(), Outbox.SENDING, clock.instant().plus(CLAIM));
    said = false;
    Alert alert;
    try {
      alert = AlertOrder.of(item.effect()).write(floor);
    } catch (RuntimeException broken) {
      LOG.error("alert {} cannot be written: {}", AlertOrder.id(item.effect()), broken.toString());
      outbox.failed(item.key(), "cannot be written: " + broken.getMessage());
      return;
    }
    Delivery delivery = to.deliver(new Notice.Single(item.key(), alert, maybeSent));
    synchronized (this) {
      if (channels == current || delivery instanceof Delivery.Done) {
        record(item, to, delivery);
      } else {
        // What the channel before says about itself does not count for the one that is set now.
        boolean unsure = delivery instanceof Delivery.Later later && later.unsure();
        outbox.hold(item.key(), marked("the channel has changed", unsure || maybeSent), now());
      }
    }
  }

  /** Begins the error of an item that may have got through. */
  private static final String UNSURE = "unconfirmed: ";

  private static boolean maybeSent(Item item) {
    return item.error().equals(Outbox.SENDING) || item.error().startsWith(UNSURE);
  }

  private static String marked(String reason, boolean maybeSent) {
    return maybeSent ? UNSURE + reason : reason;
  }

  private void record(Item item, Channel to, Delivery delivery) {
    Instant now = clock.instant();
    String id = AlertOrder.id(item.effect());
    switch (delivery) {
      case Delivery.Done done -> {
        outbox.delivered(item.key(), now);
        LOG.info("alert {} delivered to {}", id, to.describe());
      }
      case Delivery.Busy(String reason, Duration pause) -> {
        pausedUntil = now.plus(pause);
        outbox.hold(item.key(), marked(reason, maybeSent(item)), pausedUntil);
        LOG.warn("alerts wait {} s: {}", pause.toSeconds(), reason);
      }
      case Delivery.Later(String reason, boolean unsure) -> {
        String error = marked(reason, unsure || maybeSent(item));
        if (item.attempts() + 1 >= MAX_ATTEMPTS) {
          giveUp(item, error);
        } else {
          Duration wait = backoff(item.attempts());
          outbox.postpone(item.key(), error, now.plus(wait));
          LOG.warn("alert {} waits {} s: {}", id, wait.toSeconds(), reason);
        }
      }
      case Delivery.Never(String reason) -> giveUp(item, marked(reason, maybeSent(item)));
    }
  }

  private void giveUp(Item item, String reason) {
    outbox.failed(item.key(), reason);
    LOG.error(
        "alert {} was not delivered: {} (it is kept; see: yagura slack status)",
        AlertOrder.id(item.effect()),
        reason);
  }

  static Duration backoff(int attempts) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(attempts, 12));
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
