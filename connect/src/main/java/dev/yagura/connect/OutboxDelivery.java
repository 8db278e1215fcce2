package dev.yagura.connect;

import dev.yagura.base.Boundary;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.alert.Floor;
import dev.yagura.node.tool.AlertOrder;
import dev.yagura.run.FindingStore;
import dev.yagura.run.Outbox;
import dev.yagura.run.Outbox.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
  private static final int BATCH = 200;
  private static final int MAX_INTERRUPTED = 10_000;
  private static final Duration WITHOUT_CHANNEL = Duration.ofMinutes(1);
  private static final Duration ALERT_IS_COMING = Duration.ofSeconds(2);

  private final Outbox outbox;
  private final Composition composition;
  private final InstantSource clock;
  private final Supplier<List<Place>> places;
  private final Limits limits;
  private final Map<String, ChannelDelivery> channels = new ConcurrentHashMap<>();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private boolean said;

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
    this.clock = ports.clock();
    this.places = places;
    this.limits = limits;
  }

  /**
   * Routes and delivers what is due, one channel after the other; gives how many were dealt with.
   */
  public int deliverDue() {
    List<Place> now = places.get();
    int unused = route(now);
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
    if (route(now) == BATCH) {
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

  private int route(List<Place> now) {
    List<Item> items = outbox.unrouted(clock.instant(), BATCH);
    if (items.isEmpty()) {
      return 0;
    }
    if (now.isEmpty()) {
      waitForChannel(items);
      return 0;
    }
    said = false;
    List<Outbox.Route> routes = new ArrayList<>();
    for (Item item : items) {
      switch (item.effect().kind()) {
        case AlertOrder.EFFECT -> alertRoute(item, now).ifPresent(routes::add);
        case RepeatOrder.EFFECT -> repeatRoute(item, now).ifPresent(routes::add);
        default ->
            outbox.failed(
                List.of(item.key()), "nobody here knows what " + item.effect().kind() + " is");
      }
    }
    outbox.route(routes);
    return routes.size();
  }

  private Optional<Outbox.Route> alertRoute(Item item, List<Place> now) {
    return composition
        .alert(item)
        .map(
            alert ->
                new Outbox.Route(
                    item.key(), wanting(alert, now), alert.severity().rank(), item.due()));
  }

  /** Somebody must hear of an alert that no channel wants. */
  private static List<String> wanting(Alert alert, List<Place> now) {
    List<String> wanting =
        now.stream().filter(place -> place.wants().test(alert)).map(Place::id).toList();
    return wanting.isEmpty() ? List.of(now.getFirst().id()) : wanting;
  }

  /** Repeats go where their alert went, at the end of a window. */
  private Optional<Outbox.Route> repeatRoute(Item item, List<Place> now) {
    Optional<RepeatOrder> order = composition.repeat(item);
    if (order.isEmpty()) {
      return Optional.empty();
    }
    List<Item> alert =
        outbox.of(order.get().alert()).stream()
            .filter(one -> one.effect().kind().equals(AlertOrder.EFFECT))
            .toList();
    if (alert.stream().anyMatch(one -> one.channel().isEmpty())) {
      outbox.hold(List.of(item.key()), "", clock.instant().plus(ALERT_IS_COMING));
      return Optional.empty();
    }
    Map<String, Place> there = new LinkedHashMap<>();
    now.forEach(place -> there.put(place.id(), place));
    List<String> told = alert.stream().map(Item::channel).filter(there::containsKey).toList();
    List<String> to = told.isEmpty() ? List.of(now.getFirst().id()) : told;
    List<Outbox.Stop> stops =
        to.stream().map(id -> new Outbox.Stop(id, endOfWindow(there.get(id)))).toList();
    return Optional.of(new Outbox.Route(item.key(), stops, order.get().line().severity().rank()));
  }

  private Instant endOfWindow(@Nullable Place place) {
    boolean threads = place != null && place.channel().hasThreads();
    return Pace.endOfWindow(clock.instant(), threads ? limits.threads() : limits.repeats());
  }

  private void waitForChannel(List<Item> items) {
    if (!said) {
      LOG.warn("alerts are kept: {}", NO_CHANNEL);
      said = true;
    }
    outbox.hold(
        items.stream().map(Item::key).toList(), NO_CHANNEL, clock.instant().plus(WITHOUT_CHANNEL));
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
