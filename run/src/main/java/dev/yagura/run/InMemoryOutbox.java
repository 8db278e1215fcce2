package dev.yagura.run;

import dev.yagura.base.RunId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The outbox in memory. */
abstract sealed class InMemoryOutbox implements Outbox permits InMemoryStore {
  private final Map<String, Item> outbox = new LinkedHashMap<>();
  private final Map<String, Instant> created = new HashMap<>();

  final synchronized void add(Entry.KeyedEffect effect, RunId run, Instant at) {
    created.putIfAbsent(effect.key(), at);
    outbox.putIfAbsent(
        effect.key(), new Item(effect.key(), run, effect.effect(), State.PENDING, 0, at, ""));
  }

  final synchronized void deleteOf(RunId run) {
    outbox.values().removeIf(item -> item.run().equals(run));
    created.keySet().retainAll(outbox.keySet());
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
  public synchronized List<Item> due(Instant now, int most) {
    return outbox.values().stream()
        .filter(item -> item.state() == State.PENDING && !item.due().isAfter(now))
        .limit(most)
        .toList();
  }

  @Override
  public synchronized List<Item> of(RunId run) {
    return outbox.values().stream().filter(item -> item.run().equals(run)).toList();
  }

  @Override
  public synchronized void delivered(String key, Instant at) {
    change(key, item -> with(item, State.DELIVERED, item.due(), ""));
  }

  @Override
  public synchronized void hold(String key, String error, Instant until) {
    change(
        key,
        item ->
            new Item(key, item.run(), item.effect(), item.state(), item.attempts(), until, error));
  }

  @Override
  public synchronized List<Item> stuck(int most) {
    return outbox.values().stream()
        .filter(item -> item.state() != State.DELIVERED && !item.error().isEmpty())
        .limit(most)
        .toList();
  }

  @Override
  public synchronized void hurry(Instant now) {
    outbox.replaceAll(
        (key, item) ->
            item.state() != State.DELIVERED
                ? new Item(key, item.run(), item.effect(), State.PENDING, 0, now, item.error())
                : item);
  }

  @Override
  public synchronized Map<State, Integer> counts() {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    outbox.values().forEach(item -> counts.merge(item.state(), 1, Integer::sum));
    return counts;
  }

  @Override
  public synchronized void postpone(String key, String error, Instant due) {
    change(key, item -> with(item, State.PENDING, due, error));
  }

  @Override
  public synchronized void failed(String key, String error) {
    change(key, item -> with(item, State.FAILED, item.due(), error));
  }

  private void change(String key, UnaryOperator<Item> change) {
    outbox.computeIfPresent(key, (same, item) -> change.apply(item));
  }

  private static Item with(Item item, State state, Instant due, String error) {
    return new Item(item.key(), item.run(), item.effect(), state, item.attempts() + 1, due, error);
  }
}
