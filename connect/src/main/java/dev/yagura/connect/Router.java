package dev.yagura.connect;

import dev.yagura.base.RunId;
import dev.yagura.finding.alert.Alert;
import dev.yagura.node.tool.AlertOrder;
import dev.yagura.run.FindingStore;
import dev.yagura.run.Outbox;
import dev.yagura.run.Outbox.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which channels an item goes to, and when: alerts at once, repeats where their alert went.
 */
final class Router {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final int BATCH = 200;
  private static final Duration WITHOUT_CHANNEL = Duration.ofMinutes(1);
  private static final Duration ALERT_IS_COMING = Duration.ofSeconds(2);

  private final Outbox outbox;
  private final FindingStore findings;
  private final Composition composition;
  private final InstantSource clock;
  private final OutboxDelivery.Limits limits;
  private boolean said;

  Router(OutboxDelivery.Ports ports, Composition composition, OutboxDelivery.Limits limits) {
    this.outbox = ports.outbox();
    this.findings = ports.findings();
    this.clock = ports.clock();
    this.composition = composition;
    this.limits = limits;
  }

  /** Routes what is due, the alerts first; true where there may be more. */
  boolean route(List<Place> places) {
    Instant now = clock.instant();
    List<Item> alerts = outbox.due("", AlertOrder.EFFECT, now, BATCH);
    List<Item> repeats = outbox.due("", RepeatOrder.EFFECT, now, BATCH);
    if (alerts.isEmpty() && repeats.isEmpty()) {
      giveUpOthers(now);
      return false;
    }
    if (places.isEmpty()) {
      waitForChannel(alerts);
      waitForChannel(repeats);
      return false;
    }
    said = false;
    List<Outbox.Route> routes = new ArrayList<>();
    alerts.forEach(item -> alert(item, places).ifPresent(routes::add));
    outbox.route(routes);
    repeats(repeats, places);
    return alerts.size() == BATCH || repeats.size() == BATCH;
  }

  private void giveUpOthers(Instant now) {
    for (Item item : outbox.unrouted(now, BATCH)) {
      String kind = item.effect().kind();
      if (!kind.equals(AlertOrder.EFFECT) && !kind.equals(RepeatOrder.EFFECT)) {
        outbox.failed(List.of(item.key()), "nobody here knows what " + kind + " is");
      }
    }
  }

  private void waitForChannel(List<Item> items) {
    if (!said) {
      LOG.warn("alerts are kept: {}", OutboxDelivery.NO_CHANNEL);
      said = true;
    }
    outbox.hold(keys(items), OutboxDelivery.NO_CHANNEL, clock.instant().plus(WITHOUT_CHANNEL));
  }

  private static List<String> keys(List<Item> items) {
    return items.stream().map(Item::key).toList();
  }

  private Optional<Outbox.Route> alert(Item item, List<Place> places) {
    return composition
        .alert(item)
        .map(
            alert ->
                new Outbox.Route(
                    item.key(), wanting(alert, places), alert.severity().rank(), item.due()));
  }

  /** Somebody must hear of an alert that no channel wants. */
  private static List<String> wanting(Alert alert, List<Place> places) {
    List<String> wanting =
        places.stream().filter(place -> place.wants().test(alert)).map(Place::id).toList();
    return wanting.isEmpty() ? List.of(places.getFirst().id()) : wanting;
  }

  private void repeats(List<Item> items, List<Place> places) {
    Map<RunId, Optional<List<String>>> told = new HashMap<>();
    List<Item> early = new ArrayList<>();
    List<Outbox.Route> routes = new ArrayList<>();
    for (Item item : items) {
      composition
          .repeat(item)
          .ifPresent(
              order ->
                  told.computeIfAbsent(order.alert(), run -> channels(order))
                      .ifPresentOrElse(
                          channels -> routes.add(repeat(item, order, channels, places)),
                          () -> early.add(item)));
    }
    outbox.route(routes);
    outbox.hold(keys(early), "", clock.instant().plus(ALERT_IS_COMING));
  }

  /** Where the alert went; empty as long as it is on its way. */
  private Optional<List<String>> channels(RepeatOrder order) {
    List<String> channels =
        outbox.of(order.alert()).stream()
            .filter(item -> item.effect().kind().equals(AlertOrder.EFFECT))
            .map(Item::channel)
            .toList();
    boolean coming = channels.isEmpty() && findings.isWaiting(order.thread());
    return coming || channels.contains("") ? Optional.empty() : Optional.of(channels);
  }

  /** At the end of a window. */
  private Outbox.Route repeat(Item item, RepeatOrder order, List<String> told, List<Place> places) {
    Map<String, Place> there = new LinkedHashMap<>();
    places.forEach(place -> there.put(place.id(), place));
    List<String> known = told.stream().filter(there::containsKey).toList();
    List<String> to = known.isEmpty() ? List.of(places.getFirst().id()) : known;
    List<Outbox.Stop> stops =
        to.stream().map(id -> new Outbox.Stop(id, endOfWindow(there.get(id)))).toList();
    return new Outbox.Route(item.key(), stops, order.line().severity().rank());
  }

  private Instant endOfWindow(@Nullable Place place) {
    boolean threads = place != null && place.channel().hasThreads();
    return Pace.endOfWindow(clock.instant(), threads ? limits.threads() : limits.repeats());
  }
}
