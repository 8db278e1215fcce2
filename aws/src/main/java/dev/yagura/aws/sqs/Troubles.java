package dev.yagura.aws.sqs;

import dev.yagura.base.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does not work with a queue at the moment. A trouble ends when the same thing works, or when
 * it has not happened again for a while. The log hears of its beginning, its end, and now and then.
 */
final class Troubles {
  private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);
  private static final Duration FORGOTTEN = Duration.ofMinutes(15);
  private static final Duration REMIND = Duration.ofMinutes(5);

  private final Map<Action, Trouble> current = new EnumMap<>(Action.class);
  private final InstantSource clock;
  private final boolean silent;

  Troubles(InstantSource clock) {
    this(clock, false);
  }

  private Troubles(InstantSource clock, boolean silent) {
    this.clock = clock;
    this.silent = silent;
  }

  /** For whoever tells of them in another way. */
  static Troubles silent(InstantSource clock) {
    return new Troubles(clock, true);
  }

  /**
   * @param since when it began
   * @param last when it happened last
   * @param logged when the log heard of it last
   */
  record Trouble(Failure failure, Instant since, Instant last, Instant logged) {}

  synchronized void happened(Action action, Failure failure) {
    Instant now = clock.instant();
    Trouble before = current.get(action);
    if (before == null || isOther(before, failure, now)) {
      log(failure);
      current.put(action, new Trouble(failure, now, now, now));
      return;
    }
    boolean remind = before.logged().plus(REMIND).isBefore(now);
    if (remind) {
      log(failure);
    }
    current.put(action, new Trouble(failure, before.since(), now, remind ? now : before.logged()));
  }

  private static boolean isOther(Trouble before, Failure failure, Instant now) {
    return !before.failure().code().equals(failure.code())
        || before.last().plus(FORGOTTEN).isBefore(now);
  }

  private void log(Failure failure) {
    if (!silent) {
      LOG.warn("{}", failure.message());
    }
  }

  synchronized void over(Action action) {
    Trouble before = current.remove(action);
    if (before != null && !silent) {
      LOG.info("works again, since {} it did not: {}", before.since(), before.failure().message());
    }
  }

  /** The one that happened last. */
  synchronized Optional<Trouble> last() {
    Instant now = clock.instant();
    current.values().removeIf(one -> one.last().plus(FORGOTTEN).isBefore(now));
    return current.values().stream().max(Comparator.comparing(Trouble::last));
  }
}
