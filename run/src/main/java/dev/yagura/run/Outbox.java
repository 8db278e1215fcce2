package dev.yagura.run;

import dev.yagura.base.RunId;
import dev.yagura.graph.Effect;
import java.time.Instant;
import java.util.List;

/** Alerts that wait for delivery. They get in with the journal's entries only. */
public interface Outbox {
  /**
   * @param key of the effect; unique
   * @param attempts how often delivery was tried
   * @param due not to be tried before
   */
  record Item(
      String key, RunId run, Effect effect, State state, int attempts, Instant due, String error) {}

  /** Where an item stands. */
  enum State {
    PENDING,
    DELIVERED,
    FAILED
  }

  /** Items that are pending and due, the oldest first. */
  List<Item> due(Instant now, int most);

  /** All items of a run, the oldest first. */
  List<Item> of(RunId run);

  void delivered(String key, Instant at);

  /** Delivery failed; it is tried again at the given time. */
  void postpone(String key, String error, Instant due);

  /** Delivery failed for good; the item is kept. */
  void failed(String key, String error);
}
