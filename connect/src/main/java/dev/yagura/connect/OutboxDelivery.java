package dev.yagura.connect;

import dev.yagura.base.Boundary;
import dev.yagura.finding.alert.Floor;
import dev.yagura.run.FindingStore;
import dev.yagura.run.Outbox;
import dev.yagura.run.Outbox.Item;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what waits out of the outbox: decides which channels it goes to, and has each channel
 * deliver its own, so that one that is slow does not keep the others waiting.
 */
public final class OutboxDelivery {
  /** Attempts before an item is given up and kept as failed: about two days. */
  public static final int MAX_ATTEMPTS = 300;

  /** What an item says that waits for a channel. */
  public static final String NO_CHANNEL =
      "no Slack webhook is set (set one: yagura slack set https://hooks.slack.com/services/…)";

  private static final Logger LOG = LoggerFactory.getLogger(OutboxDelivery.class);
  private static final int MAX_INTERRUPTED = 10_000;

  private final Outbox outbox;
  private final Composition composition;
  private final Router router;
  private final InstantSource clock;
  private final Supplier<List<Place>> places;
  private final Limits limits;
  private final Map<String, ChannelDelivery> channels = new ConcurrentHashMap<>();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /**
   * How many messages people get. The defaults: 30 alerts within 10 minutes as messages of their
   * own, further ones (save critical ones) in a digest after a minute; repeats every 15 minutes, in
   * threads every minute.
   *
   * @param alone alerts in messages of their own within a window
   * @param window over which these are counted
   * @param collect how long further ones are collected
   * @param repeats how long repeats are collected where a channel has no threads
   * @param threads how long they are where it has
   */
  public record Limits(
      int alone, Duration window, Duration collect, Duration repeats, Duration threads) {
    public static final Limits DEFAULT =
        new Limits(
            30,
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15),
            Duration.ofMinutes(1));
  }

  /** What is read and written. */
  public record Ports(Outbox outbox, FindingStore findings, Floor floor, InstantSource clock) {}

  /**
   * @param places those that are set up as of now
   */
  public OutboxDelivery(Ports ports, Supplier<List<Place>> places, Limits limits) {
    this.outbox = ports.outbox();
    this.composition = new Composition(ports.outbox(), ports.findings(), ports.floor());
    this.router = new Router(ports, composition, limits);
    this.clock = ports.clock();
    this.places = places;
    this.limits = limits;
  }

  /**
   * Routes and delivers what is due, one channel after the other; gives how many were dealt with.
   */
  public int deliverDue() {
    List<Place> now = places.get();
    boolean unused = router.route(now);
    int dealtWith = 0;
    for (Place place : now) {
      dealtWith += delivery(place.id()).deliverDue(place.channel());
    }
    return dealtWith;
  }

  /**
   * Routes, and has each channel deliver what is due unless it is doing so already.
   *
   * @param after is told when a channel has dealt with something
   */
  void begin(Executor executor, Runnable after) {
    List<Place> now = places.get();
    if (router.route(now)) {
      after.run();
    }
    for (Place place : now) {
      if (busy.add(place.id())) {
        executor.execute(() -> work(place, after));
      }
    }
  }

  @Boundary("a store that is busy is asked again")
  private void work(Place place, Runnable after) {
    int dealtWith = 0;
    try {
      dealtWith = delivery(place.id()).deliverDue(place.channel());
    } catch (RuntimeException failed) {
      LOG.error("{} cannot be served: {}", place.channel().describe(), failed.toString());
    } finally {
      busy.remove(place.id());
    }
    if (dealtWith > 0) {
      after.run();
    }
  }

  private ChannelDelivery delivery(String id) {
    return channels.computeIfAbsent(
        id, name -> new ChannelDelivery(name, outbox, composition, clock, limits));
  }

  /** What was being sent when the process ended is due now: nobody is sending it any more. */
  public void releaseInterrupted() {
    List<String> interrupted =
        outbox.stuck(MAX_INTERRUPTED).stream()
            .filter(item -> item.error().equals(Outbox.SENDING))
            .map(Item::key)
            .toList();
    outbox.hold(interrupted, Outbox.SENDING, clock.instant());
  }

  /** A channel is set up anew: everything that waits for it or was given up is due at once. */
  public void channelChanged(String id) {
    delivery(id).changed();
    outbox.hurry("", clock.instant());
  }

  /** A channel is gone: what waits for it goes to others. */
  public void channelRemoved(String id) {
    delivery(id).changed();
    outbox.unroute(id, clock.instant());
  }
}
