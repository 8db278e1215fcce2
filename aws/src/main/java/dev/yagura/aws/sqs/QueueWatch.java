package dev.yagura.aws.sqs;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the pollers of one queue tell about it.
 *
 * @param running how many of them work
 * @param paused how many of them rest because too much waits
 * @param poison the log of what nobody can use
 */
record QueueWatch(
    Counts counts,
    Troubles troubles,
    SparseLog poison,
    AtomicInteger running,
    AtomicInteger paused) {
  private static final Logger LOG = LoggerFactory.getLogger(QueueIntake.class);

  static QueueWatch of(InstantSource clock) {
    return new QueueWatch(
        new Counts(),
        new Troubles(clock),
        new SparseLog(LOG, clock),
        new AtomicInteger(),
        new AtomicInteger());
  }

  QueueStatus status(QueueSettings settings) {
    var trouble = troubles.last();
    return new QueueStatus(
        settings.url().toString(),
        settings.name(),
        settings.region() == null ? "" : settings.region(),
        state(trouble.isPresent()),
        trouble.map(one -> one.failure().message()).orElse(""),
        trouble.map(Troubles.Trouble::since).orElse(null),
        counts.totals());
  }

  private QueueStatus.State state(boolean troubled) {
    if (running.get() == 0) {
      return QueueStatus.State.STOPPED;
    }
    if (troubled) {
      return QueueStatus.State.FAILING;
    }
    return paused.get() > 0 ? QueueStatus.State.PAUSED : QueueStatus.State.POLLING;
  }
}
