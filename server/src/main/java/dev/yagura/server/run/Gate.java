package dev.yagura.server.run;

import dev.yagura.base.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets so many in at once and so many wait; more are sent away. */
final class Gate {
  private final Places places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int mayWait;
  private final Duration patience;

  /**
   * @param patience how long somebody waits before being sent away
   */
  Gate(int places, int mayWait, Duration patience) {
    this.places = new Places(places);
    this.mayWait = mayWait;
    this.patience = patience;
  }

  /** Takes a place; a FlowException {@code too_many_requests} where there is none. */
  void enter() throws InterruptedException {
    if (places.tryAcquire(0, TimeUnit.SECONDS)) {
      return;
    }
    if (waiting.incrementAndGet() > mayWait) {
      waiting.decrementAndGet();
      throw full("its queue of " + mayWait + " is full");
    }
    try {
      if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw full("no run has ended in " + patience.toSeconds() + " s");
      }
    } finally {
      waiting.decrementAndGet();
    }
  }

  private static RuntimeException full(String why) {
    return new Failure(
            Failure.Kind.LIMIT,
            "too_many_requests",
            "Too many requests: this workflow is busy and "
                + why
                + " (expected: try again after Retry-After, or raise runs.concurrent)",
            true,
            Map.of())
        .asException();
  }

  /** Takes a place though none may be free: for a run that goes on after a restart. */
  void enterAnyway() {
    places.reducePermits(1);
  }

  /** Places that may be overdrawn. */
  private static final class Places extends Semaphore {
    private Places(int permits) {
      super(permits, true);
    }

    @Override
    protected void reducePermits(int reduction) {
      super.reducePermits(reduction);
    }
  }

  void leave() {
    places.release();
  }

  int waiting() {
    return waiting.get();
  }
}
