package dev.yagura.store;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A few platform threads that read, each with a connection of its own. */
final class Readers implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int MAX_WAITING = 10_000;
  private static final long DEADLINE_SECONDS = 60;

  private record Job<T>(Database.Work<T> work, CompletableFuture<T> result) {
    @Boundary("what the work throws is handed to whoever waits for it")
    private void run(Handle handle) {
      try {
        result.complete(work.in(handle));
      } catch (RuntimeException failed) {
        result.completeExceptionally(failed);
      }
    }
  }

  private final BlockingQueue<Job<?>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;

  private Readers() {}

  static Readers open(String url, Properties settings) throws SQLException {
    var readers = new Readers();
    for (int i = 0; i < THREADS; i++) {
      Connection connection = DriverManager.getConnection(url, settings);
      Handle handle = Jdbi.open(connection);
      readers.threads.add(
          Thread.ofPlatform().name("store-reader-" + i).start(() -> readers.work(handle)));
    }
    return readers;
  }

  private void work(Handle handle) {
    try (handle) {
      while (!closing) {
        Job<?> job = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (job != null) {
          job.run(handle);
        }
      }
    } catch (InterruptedException stop) {
      closing = true;
    }
  }

  <T> T read(Database.Work<T> work) {
    var job = new Job<>(work, new CompletableFuture<T>());
    if (closing || !waiting.offer(job)) {
      throw Failure.limit("StoreBusy", "more than " + MAX_WAITING + " reads wait").asException();
    }
    try {
      return job.result().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw StoreFailures.of(failed, "reading the store");
    } catch (TimeoutException slow) {
      throw Failure.limit("StoreBusy", "no answer in " + DEADLINE_SECONDS + " s").asException();
    } catch (InterruptedException abandoned) {
      Thread.currentThread().interrupt();
      throw new CompletionException(abandoned);
    }
  }

  @Override
  public void close() {
    closing = true;
    for (Thread thread : threads) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
