package dev.yagura.run;

import dev.yagura.base.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The outbox in memory. */
abstract sealed class InMemoryOutbox implements Outbox permits InMemoryStore {
  private final Map<String, Item> outbox = new LinkedHashMap<>();
  private final Map<String, Instant> created = new HashMap<>();
  private final Map<String, Integer> weights = new HashMap<>();

  final synchronized void add(Entry.KeyedEffect effect, RunId run, Instant at) {
    created.putIfAbsent(effect.key(), at);
    outbox.putIfAbsent(
        effect.key(),
        new Item(effect.key(), run, effect.effect(), State.PENDING, 0, at, "", "", "", ""));
  }

  final synchronized void deleteOf(RunId run) {
    outbox.values().removeIf(item -> item.run().equals(run));
    created.keySet().retainAll(outbox.keySet());
    weights.keySet().retainAll(outbox.keySet());
  }

  /** Deletes what does not wait, came before the time and has no run. */
  final synchronized int deleteOrphans(Predicate<RunId> isKept, Instant time, int most) {
    List<String> old =
        outbox.values().stream()
            .filter(item -> !isKept.test(item.run()))
            .filter(item -> of(item.run()).stream().noneMatch(one -> one.state() == State.PENDING))
            .map(Item::key)
            .filter(key -> created.getOrDefault(key, Instant.MAX).isBefore(time))
            .limit(most)
            .toList();
    old.forEach(outbox::remove);
    old.forEach(created::remove);
    return old.size();
  }

  @Override
  public synchronized List<Item> unrouted(Instant now, int most) {
    return outbox.values().stream()
        .filter(item -> item.channel().isEmpty() && isDue(item, now))
        .limit(most)
        .toList();
  }

  private static boolean isDue(Item item, Instant now) {
    return item.state() == State.PENDING && !item.due().isAfter(now);
  }

  @Override
  public synchronized void route(List<Route> routes) {
    for (Route route : routes) {
      Item item = outbox.get(route.key());
      if (item != null && item.channel().isEmpty()) {
        for (int i = 0; i < route.stops().size(); i++) {
          Stop stop = route.stops().get(i);
          String key = i == 0 ? item.key() : item.key() + ">" + stop.channel();
          weights.put(key, route.weight());
          created.putIfAbsent(key, created.getOrDefault(item.key(), stop.due()));
          outbox.put(key, placed(item, key, stop.channel(), stop.due()));
        }
      }
    }
  }

  private static Item placed(Item item, String key, String channel, Instant due) {
    return new Item(
        key,
        item.run(),
        item.effect(),
        item.state(),
        item.attempts(),
        due,
        item.error(),
        channel,
        "",
        "");
  }

  @Override
  public synchronized List<Item> due(String channel, String kind, Instant now, int most) {
    return outbox.values().stream()
        .filter(item -> item.channel().equals(channel) && isDue(item, now))
        .filter(item -> item.effect().kind().equals(kind))
        .sorted(Comparator.comparing((Item item) -> -weights.getOrDefault(item.key(), 0)))
        .limit(most)
        .toList();
  }

  @Override
  public synchronized List<Item> of(RunId run) {
    return outbox.values().stream().filter(item -> item.run().equals(run)).toList();
  }

  @Override
  public synchronized void sending(Collection<String> keys, String message, Instant until) {
    change(keys, item -> with(item, item.state(), 0, until, SENDING, message, ""));
  }

  @Override
  public synchronized void delivered(Collection<String> keys, String posted, Instant at) {
    change(keys, item -> with(item, State.DELIVERED, 1, item.due(), "", item.message(), posted));
  }

  @Override
  public synchronized void hold(Collection<String> keys, String error, Instant until) {
    change(keys, item -> with(item, item.state(), 0, until, error, item.message(), ""));
  }

  @Override
  public synchronized void postpone(Collection<String> keys, String error, Instant due) {
    change(keys, item -> with(item, State.PENDING, 1, due, error, item.message(), ""));
  }

  @Override
  public synchronized void failed(Collection<String> keys, String error) {
    change(keys, item -> with(item, State.FAILED, 1, item.due(), error, item.message(), ""));
  }

  @Override
  public synchronized List<Item> stuck(int most) {
    return outbox.values().stream()
        .filter(item -> item.state() != State.DELIVERED && !item.error().isEmpty())
        .limit(most)
        .toList();
  }

  @Override
  public synchronized void hurry(String channel, Instant now) {
    outbox.replaceAll((key, item) -> item.channel().equals(channel) ? hurried(item, now) : item);
  }

  @Override
  public synchronized boolean hurryOne(String key, Instant now) {
    Item before = outbox.get(key);
    change(List.of(key), item -> hurried(item, now));
    return before != null && before.state() != State.DELIVERED;
  }

  private static Item hurried(Item item, Instant now) {
    return item.state() == State.DELIVERED
        ? item
        : new Item(
            item.key(),
            item.run(),
            item.effect(),
            State.PENDING,
            0,
            now,
            item.error(),
            item.channel(),
            item.message(),
            item.posted());
  }

  @Override
  public synchronized void unroute(String channel, Instant now) {
    for (Item item : List.copyOf(outbox.values())) {
      if (item.channel().equals(channel) && item.state() != State.DELIVERED) {
        if (item.key().endsWith(">" + channel)) {
          outbox.remove(item.key());
        } else {
          outbox.put(item.key(), placed(hurried(item, now), item.key(), "", now));
        }
      }
    }
  }

  @Override
  public synchronized Map<State, Integer> counts() {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    outbox.values().forEach(item -> counts.merge(item.state(), 1, Integer::sum));
    return counts;
  }

  @Override
  public synchronized Map<String, Integer> waiting() {
    Map<String, Integer> waiting = new TreeMap<>();
    outbox.values().stream()
        .filter(item -> item.state() == State.PENDING)
        .forEach(item -> waiting.merge(item.channel(), 1, Integer::sum));
    return waiting;
  }

  private void change(Collection<String> keys, UnaryOperator<Item> change) {
    keys.forEach(key -> outbox.computeIfPresent(key, (same, item) -> change.apply(item)));
  }

  private static Item with(
      Item item,
      State state,
      int attempt,
      Instant due,
      String error,
      String message,
      String posted) {
    return new Item(
        item.key(),
        item.run(),
        item.effect(),
        state,
        item.attempts() + attempt,
        due,
        error,
        item.channel(),
        message,
        posted);
  }
}
