package dev.yagura.connect;

import dev.yagura.base.Boundary;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls {@link OutboxDelivery} when there may be something due; each channel has its own thread.
 */
public final class DeliveryLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration JOIN = Duration.ofSeconds(20);

  private final OutboxDelivery delivery;
  private final Semaphore news = new Semaphore(0);
  private final ExecutorService channels =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("channel-", 0).factory());
  private final Thread thread;
  private volatile boolean closing;

  public DeliveryLoop(OutboxDelivery delivery) {
    this.delivery = delivery;
    this.thread = Thread.ofVirtual().name("outbox").start(this::work);
  }

  /** There is something new in the outbox. */
  public void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  private void work() {
    try {
      while (!closing) {
        deliver();
        boolean unused = news.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException stop) {
      closing = true;
    }
  }

  @Boundary("a store that is busy is asked again")
  private void deliver() {
    try {
      delivery.begin(channels, this::wake);
    } catch (RuntimeException failed) {
      LOG.error("the outbox cannot be read: {}", failed.toString());
    }
  }

  /** Ends after the deliveries that are under way. */
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      thread.join(JOIN);
      channels.shutdown();
      boolean unused = channels.awaitTermination(JOIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    channels.shutdownNow();
  }
}
