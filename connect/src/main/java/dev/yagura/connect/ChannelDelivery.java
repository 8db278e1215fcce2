package dev.yagura.connect;

import dev.yagura.base.Boundary;
import dev.yagura.base.TimeId;
import dev.yagura.connect.Channel.Delivery;
import dev.yagura.connect.Composition.Draft;
import dev.yagura.finding.Severity;
import dev.yagura.finding.alert.SlackDigest;
import dev.yagura.node.tool.AlertOrder;
import dev.yagura.run.Outbox;
import dev.yagura.run.Outbox.Item;
import dev.yagura.run.Outbox.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what waits for one channel, one message after the other. What the channel answers is
 * written down; what waits is tried again, longer and longer apart. One thread at a time works on a
 * channel.
 */
final class ChannelDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelDelivery.class);
  private static final int ALERTS = 100;
  private static final int REPEATS = 1_000;
  private static final Duration CLAIM = Duration.ofMinutes(2);
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration ALERT_IS_COMING = Duration.ofSeconds(10);

  /** Begins the error of an item that may have got through. */
  private static final String UNSURE = "unconfirmed: ";

  private final String id;
  private final Outbox outbox;
  private final Composition composition;
  private final InstantSource clock;
  private final Pace pace;
  private volatile Instant pausedUntil = Instant.MIN;
  private volatile int changes;
  private int dealtWith;

  ChannelDelivery(
      String id,
      Outbox outbox,
      Composition composition,
      InstantSource clock,
      OutboxDelivery.Limits limits) {
    this.id = id;
    this.outbox = outbox;
    this.composition = composition;
    this.clock = clock;
    this.pace = new Pace(limits);
  }

  /** The channel is set up anew: everything that waits or was given up is due at once. */
  synchronized void changed() {
    changes++;
    pausedUntil = Instant.MIN;
    outbox.hurry(id, clock.instant());
  }

  /** Delivers what is due; gives how many items were dealt with. */
  int deliverDue(Channel to) {
    dealtWith = 0;
    int before = changes;
    if (goesOn(before)) {
      alerts(to, before);
    }
    if (goesOn(before)) {
      repeats(to, before);
    }
    return dealtWith;
  }

  private boolean goesOn(int before) {
    return changes == before && !clock.instant().isBefore(pausedUntil);
  }

  private void alerts(Channel to, int before) {
    List<Item> due = outbox.due(id, AlertOrder.EFFECT, clock.instant(), ALERTS);
    sendAgain(due, to, before);
    List<Item> further = new ArrayList<>();
    for (Item item : due) {
      if (!goesOn(before)) {
        return;
      }
      boolean begun = item.message().equals(item.key());
      if (begun || (item.message().isEmpty() && mayGoAlone(item))) {
        pace.wentAlone(clock.instant());
        composition.single(item, maybeSent(item)).ifPresent(draft -> send(draft, to, before));
      } else if (item.message().isEmpty()) {
        further.add(item);
      }
    }
    digests(further, to, before);
  }

  /** What cannot wait is never put into a digest. */
  private boolean mayGoAlone(Item item) {
    return pace.mayGoAlone(clock.instant()) || isCritical(item);
  }

  private boolean isCritical(Item item) {
    return composition
        .alert(item)
        .filter(alert -> alert.severity() == Severity.CRITICAL)
        .isPresent();
  }

  private void digests(List<Item> further, Channel to, int before) {
    List<Item> rest = further;
    while (goesOn(before)
        && pace.isDigestDue(rest.size(), SlackDigest.MAX_LINES, clock.instant())) {
      Optional<Draft> draft =
          rest.size() == 1
              ? composition.single(rest.getFirst(), false)
              : composition.shortened(newKey(), rest, false);
      if (draft.isEmpty()) {
        return;
      }
      send(draft.get(), to, before);
      List<String> told = draft.get().keys();
      rest = rest.stream().filter(item -> !told.contains(item.key())).toList();
      if (rest.isEmpty()) {
        pace.digestWentOut();
      }
    }
  }

  private String newKey() {
    return "digest/" + TimeId.at(clock.instant());
  }

  /** Messages that told of several and did not get through for sure. */
  private void sendAgain(List<Item> due, Channel to, int before) {
    Map<String, List<Item>> messages = new LinkedHashMap<>();
    for (Item item : due) {
      if (!item.message().isEmpty() && !item.message().equals(item.key())) {
        messages.computeIfAbsent(item.message(), same -> new ArrayList<>()).add(item);
      }
    }
    messages.forEach(
        (key, items) -> {
          if (goesOn(before)) {
            boolean maybe = items.stream().anyMatch(ChannelDelivery::maybeSent);
            Item one = items.getFirst();
            Optional<Draft> draft =
                one.effect().kind().equals(RepeatOrder.EFFECT)
                    ? repeatsOf(key, items, to, maybe)
                    : composition.shortened(key, items, maybe);
            draft.ifPresent(ready -> send(ready, to, before));
          }
        });
  }

  private void repeats(Channel to, int before) {
    List<Item> due = outbox.due(id, RepeatOrder.EFFECT, clock.instant(), REPEATS);
    sendAgain(due, to, before);
    List<Item> rest = due.stream().filter(item -> item.message().isEmpty()).toList();
    while (!rest.isEmpty() && goesOn(before)) {
      Optional<Draft> draft = repeatsOf(newKey(), rest, to, false);
      if (draft.isEmpty()) {
        return;
      }
      send(draft.get(), to, before);
      List<String> told = draft.get().keys();
      rest = rest.stream().filter(item -> !told.contains(item.key())).toList();
    }
  }

  /** The next message of repeats: under the alert of the first, or together with all others. */
  private Optional<Draft> repeatsOf(String key, List<Item> items, Channel to, boolean maybe) {
    if (!to.hasThreads()) {
      return composition.repeats(key, items, maybe);
    }
    List<Item> waiting = new ArrayList<>();
    for (Map.Entry<String, List<Item>> thread : byAlert(items).entrySet()) {
      List<Item> own = thread.getValue();
      Optional<Item> alert = alertOf(own.getFirst());
      if (alert.isPresent() && alert.get().state() == State.PENDING) {
        outbox.hold(
            own.stream().map(Item::key).toList(), "", clock.instant().plus(ALERT_IS_COMING));
      } else if (alert.isPresent() && !alert.get().posted().isEmpty()) {
        return composition.under(key, alert.get(), own, maybe);
      } else {
        waiting.addAll(own);
      }
    }
    return composition.repeats(key, waiting, maybe);
  }

  private Map<String, List<Item>> byAlert(List<Item> items) {
    Map<String, List<Item>> threads = new LinkedHashMap<>();
    for (Item item : items) {
      composition
          .repeat(item)
          .ifPresent(
              order ->
                  threads.computeIfAbsent(order.thread(), same -> new ArrayList<>()).add(item));
    }
    return threads;
  }

  /** The alert that an item repeats, as it stands with this channel. */
  private Optional<Item> alertOf(Item repeat) {
    return outbox.of(RepeatOrder.of(repeat.effect()).alert()).stream()
        .filter(item -> item.effect().kind().equals(AlertOrder.EFFECT))
        .filter(item -> item.channel().equals(id) || item.channel().isEmpty())
        .findFirst();
  }

  private void send(Draft draft, Channel to, int before) {
    List<String> keys = draft.keys();
    outbox.sending(keys, draft.notice().key(), clock.instant().plus(CLAIM));
    Delivery delivery = deliver(draft, to);
    dealtWith += keys.size();
    synchronized (this) {
      if (changes == before || delivery instanceof Delivery.Done) {
        record(draft, to, delivery);
      } else {
        // What the channel before says about itself does not count for the one that is set now.
        boolean unsure = delivery instanceof Delivery.Later later && later.unsure();
        outbox.hold(
            keys, marked("the channel has changed", unsure || maybe(draft)), clock.instant());
      }
    }
  }

  @Boundary("a message that a channel stumbles over must not keep the others from going out")
  private static Delivery deliver(Draft draft, Channel to) {
    try {
      return to.deliver(draft.notice());
    } catch (RuntimeException broken) {
      LOG.error("{} cannot send {}: {}", to.describe(), draft.name(), broken.toString());
      return new Delivery.Later("it could not be sent: " + broken.getClass().getSimpleName(), true);
    }
  }

  private static boolean maybeSent(Item item) {
    return item.error().equals(Outbox.SENDING) || item.error().startsWith(UNSURE);
  }

  private static boolean maybe(Draft draft) {
    return draft.notice().maybeSent();
  }

  private static String marked(String reason, boolean maybeSent) {
    return maybeSent ? UNSURE + reason : reason;
  }

  private void record(Draft draft, Channel to, Delivery delivery) {
    Instant now = clock.instant();
    List<String> keys = draft.keys();
    switch (delivery) {
      case Delivery.Done(String posted) -> {
        outbox.delivered(keys, posted, now);
        LOG.info("{} delivered to {}", draft.name(), to.describe());
      }
      case Delivery.Busy(String reason, Duration pause) -> {
        pausedUntil = now.plus(pause);
        outbox.hold(keys, marked(reason, maybe(draft)), pausedUntil);
        LOG.warn("alerts wait {} s: {}", pause.toSeconds(), reason);
      }
      case Delivery.Later(String reason, boolean unsure) -> {
        String error = marked(reason, unsure || maybe(draft));
        int attempts = draft.items().stream().mapToInt(Item::attempts).max().orElse(0);
        if (attempts + 1 >= OutboxDelivery.MAX_ATTEMPTS) {
          giveUp(draft, error);
        } else {
          Duration wait = backoff(attempts);
          outbox.postpone(keys, error, now.plus(wait));
          LOG.warn("{} waits {} s: {}", draft.name(), wait.toSeconds(), reason);
        }
      }
      case Delivery.Never(String reason) -> giveUp(draft, marked(reason, maybe(draft)));
    }
  }

  private void giveUp(Draft draft, String reason) {
    outbox.failed(draft.keys(), reason);
    LOG.error(
        "{} was not delivered: {} (it is kept; see: yagura slack status)", draft.name(), reason);
  }

  static Duration backoff(int attempts) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(attempts, 12));
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
