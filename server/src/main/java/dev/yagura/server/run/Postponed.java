package dev.yagura.server.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Things that have failed and rest, longer and longer, so that others have their turn. */
final class Postponed {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 9;

  private final Map<String, Rest> resting = new ConcurrentHashMap<>();
  private final InstantSource clock;

  private record Rest(int failures, Instant until) {}

  Postponed(InstantSource clock) {
    this.clock = clock;
  }

  /** It has failed; rests 1 s at first, at most about 9 minutes. Gives how long. */
  Duration failed(String id) {
    int before = resting.containsKey(id) ? resting.get(id).failures() : 0;
    Duration rest = FIRST.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    resting.put(id, new Rest(before + 1, clock.instant().plus(rest)));
    return rest;
  }

  void done(String id) {
    resting.remove(id);
  }

  boolean rests(String id) {
    Rest rest = resting.get(id);
    return rest != null && rest.until().isAfter(clock.instant());
  }

  int size() {
    return resting.size();
  }
}
