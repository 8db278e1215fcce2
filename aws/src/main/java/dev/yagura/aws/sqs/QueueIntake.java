package dev.yagura.aws.sqs;

import dev.yagura.connect.intake.MessageSink;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from one queue until it is closed: long poll, hand over, delete when they are
 * durable. What cannot be kept now comes again; what nobody can use goes to the dead letters.
 */
public final class QueueIntake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueueIntake.class);

  private final QueueSettings settings;
  private final SqsClients clients;
  private final InstantSource clock;
  private final Timing timing;
  private final QueueWatch watch;
  private final SqsQueue queue;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<Thread> threads;

  /** Opens nothing yet. */
  public QueueIntake(
      QueueSettings settings,
      SqsClients clients,
      int pollers,
      MessageSink sink,
      InstantSource clock) {
    this(settings, clients, pollers, sink, clock, Timing.DEFAULT);
  }

  QueueIntake(
      QueueSettings settings,
      SqsClients clients,
      int pollers,
      MessageSink sink,
      InstantSource clock,
      Timing timing) {
    this.settings = settings;
    this.clients = clients;
    this.clock = clock;
    this.timing = timing;
    this.watch = QueueWatch.of(clock);
    this.queue = queue(watch.troubles());
    var deadLetters = new DeadLetters(queue, settings.deadLetters(), clock);
    this.threads =
        Stream.generate(
                () -> {
                  var batch = new Batch(queue, deadLetters, sink, watch, timing);
                  return new Poller(queue, batch, sink, watch, timing, stop);
                })
            .limit(pollers)
            .map(poller -> Thread.ofVirtual().name("sqs-" + settings.name()).unstarted(poller))
            .toList();
  }

  private SqsQueue queue(Troubles troubles) {
    return new SqsQueue(() -> clients.client(settings), settings.url(), troubles, timing);
  }

  public QueueSettings settings() {
    return settings;
  }

  /** Begins to ask; once. */
  public void start() {
    threads.forEach(Thread::start);
  }

  public QueueStatus status() {
    return watch.status(settings);
  }

  /** Asks the queue, within a minute at most; what does not work is in the answer. */
  public QueueDepth ask() throws InterruptedException {
    return new QueueCheck(queue(Troubles.silent(clock)), settings).ask();
  }

  /**
   * Fetches nothing more, and waits for the batches that are under way: what they have kept is
   * deleted. What is left after that comes again.
   */
  @Override
  public void close() {
    stop.countDown();
    queue.stopReceiving();
    long end = System.nanoTime() + timing.stop().toNanos();
    List<Thread> late = new ArrayList<>();
    try {
      for (Thread thread : threads) {
        if (thread.getState() != Thread.State.NEW
            && !thread.join(java.time.Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          late.add(thread);
        }
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    if (!late.isEmpty()) {
      LOG.warn("queue {}: a batch is left in the middle; it comes again", settings.name());
    }
    threads.forEach(Thread::interrupt);
  }
}
