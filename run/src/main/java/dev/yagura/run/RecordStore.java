package dev.yagura.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Small documents of configuration by kind and id: apps, keys, models, settings. */
public interface RecordStore {
  /** A document; what its body says is its owner's matter. */
  record Item(String kind, String id, String body, Instant changedAt) {}

  /** Keeps the document; one of the same kind and id is replaced. */
  void put(String kind, String id, String body);

  Optional<Item> find(String kind, String id);

  /** All of a kind, by id. */
  List<Item> list(String kind);

  /** False where there was none. */
  boolean delete(String kind, String id);
}
