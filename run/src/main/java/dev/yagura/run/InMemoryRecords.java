package dev.yagura.run;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Documents of configuration that are forgotten. */
public final class InMemoryRecords implements RecordStore {
  private final TreeMap<String, Item> items = new TreeMap<>();
  private final InstantSource clock;

  public InMemoryRecords(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void put(String kind, String id, String body) {
    items.put(kind + "/" + id, new Item(kind, id, body, clock.instant()));
  }

  @Override
  public synchronized Optional<Item> find(String kind, String id) {
    return Optional.ofNullable(items.get(kind + "/" + id));
  }

  @Override
  public synchronized List<Item> list(String kind) {
    return items.values().stream().filter(item -> item.kind().equals(kind)).toList();
  }

  @Override
  public synchronized boolean delete(String kind, String id) {
    return items.remove(kind + "/" + id) != null;
  }
}
