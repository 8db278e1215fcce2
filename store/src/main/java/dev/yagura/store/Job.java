package dev.yagura.store;

import dev.yagura.base.Failure;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Work that waits for a thread of the store. A caller who gives up while it still waits has
 * cancelled it; once it is taken the caller waits for its end, so that an exception always means
 * that nothing was changed.
 */
final class Job<T> {
  private static final long DEADLINE_SECONDS = 60;

  private enum State {
    WAITING,
    TAKEN,
    CANCELLED
  }

  final Database.Work<T> work;
  final CompletableFuture<T> result = new CompletableFuture<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  Job(Database.Work<T> work) {
    this.work = work;
  }

  /** Whether the thread of the store may do it. */
  boolean take() {
    return state.compareAndSet(State.WAITING, State.TAKEN);
  }

  /** Waits for the end; gives up only while nobody has taken it. */
  T await(String where) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
          throw StoreFailures.of(failed, where);
        } catch (TimeoutException slow) {
          if (state.compareAndSet(State.WAITING, State.CANCELLED)) {
            throw busy(where + ": not done in " + DEADLINE_SECONDS + " s (expected: less)");
          }
        } catch (InterruptedException stop) {
          interrupted = true;
          if (state.compareAndSet(State.WAITING, State.CANCELLED)) {
            throw busy(where + ": given up before it was begun");
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A failure that helps to try again. */
  static RuntimeException busy(String message) {
    return new Failure(Failure.Kind.LIMIT, "StoreBusy", message, true, Map.of()).asException();
  }
}
