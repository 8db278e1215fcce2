package dev.yagura.run;

import dev.yagura.base.RunId;
import dev.yagura.graph.Effect;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What waits for delivery. It gets in with the journal's entries or with a settled finding; then it
 * is routed: from there on there is an item for each channel that it goes to.
 */
public interface Outbox {
  /** The error of an item whose delivery has begun and has no end yet. */
  String SENDING = "sending";

  /**
   * @param key of the effect and, for the second and further channels, of the channel; unique
   * @param attempts how often delivery was tried
   * @param due not to be tried before
   * @param channel where it goes; empty until it is routed
   * @param message the key of the notice that it was sent in, or was to be; empty before
   * @param posted what the channel calls the message that it is in; empty where it has no name
   */
  record Item(
      String key,
      RunId run,
      Effect effect,
      State state,
      int attempts,
      Instant due,
      String error,
      String channel,
      String message,
      String posted) {}

  /** Where an item stands. */
  enum State {
    PENDING,
    DELIVERED,
    FAILED
  }

  /**
   * Where an item goes.
   *
   * @param stops at least one
   * @param weight the heavier goes first
   */
  record Route(String key, List<Stop> stops, int weight) {
    /** To all channels at the same time. */
    public Route(String key, List<String> channels, int weight, Instant due) {
      this(key, channels.stream().map(channel -> new Stop(channel, due)).toList(), weight);
    }
  }

  /**
   * @param due not to be tried before
   */
  record Stop(String channel, Instant due) {}

  /** Items that are pending and due and have no channel yet, the oldest first. */
  List<Item> unrouted(Instant now, int most);

  /** Gives items their channels, all or none. */
  void route(List<Route> routes);

  /** Items of a kind that are pending and due for a channel, the heaviest and oldest first. */
  List<Item> due(String channel, String kind, Instant now, int most);

  /** All items of a run, the oldest first. */
  List<Item> of(RunId run);

  /**
   * Delivery begins, of all in one message: one that says {@link #SENDING} after a crash may have
   * been delivered.
   *
   * @param message the key of the notice
   * @param until when somebody else may try
   */
  void sending(Collection<String> keys, String message, Instant until);

  void delivered(Collection<String> keys, String posted, Instant at);

  /** Puts items off without counting an attempt. */
  void hold(Collection<String> keys, String error, Instant until);

  /** Delivery failed; it is tried again at the given time. */
  void postpone(Collection<String> keys, String error, Instant due);

  /** Delivery failed for good; the items are kept. */
  void failed(Collection<String> keys, String error);

  /** Items that were given up or have failed before, the newest first. */
  List<Item> stuck(int most);

  /** Makes everything of a channel due at once that waits or was given up: it has changed. */
  void hurry(String channel, Instant now);

  /** Makes one due at once that waits or was given up; false where there is none. */
  boolean hurryOne(String key, Instant now);

  /**
   * The channel is gone: what it had not delivered is to be routed again, unless it goes to another
   * channel anyway.
   */
  void unroute(String channel, Instant now);

  /** How many items are in each state; states without any are absent. */
  Map<State, Integer> counts();

  /** How many items wait, by channel; those that have none yet under the empty text. */
  Map<String, Integer> waiting();
}
