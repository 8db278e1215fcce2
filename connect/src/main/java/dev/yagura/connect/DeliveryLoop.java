package dev.yagura.connect;

import dev.yagura.base.Boundary;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls {@link OutboxDelivery} when there may be something due. */
public final class DeliveryLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration JOIN = Duration.ofSeconds(20);

  private final OutboxDelivery delivery;
  private final Semaphore news = new Semaphore(0);
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
        if (!deliver()) {
          boolean unused = news.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException stop) {
      closing = true;
    }
  }

  @Boundary("a store that is busy is asked again")
  private boolean deliver() {
    try {
      return delivery.deliverDue() > 0;
    } catch (RuntimeException failed) {
      LOG.error("the outbox cannot be read: {}", failed.toString());
      return false;
    }
  }

  /** Ends after the delivery that is under way. */
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      thread.join(JOIN);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
