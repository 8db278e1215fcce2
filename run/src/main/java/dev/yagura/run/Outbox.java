package dev.yagura.run;

import dev.yagura.base.RunId;
import dev.yagura.graph.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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

  /** The error of an item whose delivery has begun and has no end yet. */
  String SENDING = "sending";

  /**
   * Puts an item off without counting an attempt. Before delivery begins it is held with {@link
   * #SENDING}: one that says so after a crash may have been delivered.
   */
  void hold(String key, String error, Instant until);

  /** Items that were given up or have failed before, the newest first. */
  List<Item> stuck(int most);

  /** Makes everything due at once that waits or was given up: the channel has changed. */
  void hurry(Instant now);

  /** How many items are in each state; states without any are absent. */
  Map<State, Integer> counts();

  /** Delivery failed; it is tried again at the given time. */
  void postpone(String key, String error, Instant due);

  /** Delivery failed for good; the item is kept. */
  void failed(String key, String error);
}
