package dev.yagura.store;

import dev.yagura.base.Boundary;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A few platform threads that read, each with a connection of its own. */
final class Readers implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int MAX_WAITING = 10_000;
  private static final long CLOSE_MILLIS = 60_000;

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
          Thread.ofPlatform().daemon().name("store-reader-" + i).start(() -> readers.work(handle)));
    }
    return readers;
  }

  private void work(Handle handle) {
    try (handle) {
      while (!closing || !waiting.isEmpty()) {
        Job<?> job = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (job != null && job.take()) {
          run(job, handle);
        }
      }
    } catch (InterruptedException stop) {
      closing = true;
    }
  }

  @Boundary("what the work throws is handed to whoever waits for it")
  private static <T> void run(Job<T> job, Handle handle) {
    try {
      job.result.complete(job.work.in(handle));
    } catch (Throwable failed) {
      job.result.completeExceptionally(failed);
    }
  }

  <T> T read(Database.Work<T> work) {
    var job = new Job<T>(work);
    if (closing || !waiting.offer(job)) {
      throw Job.busy(closing ? "the store is closing" : "more than " + MAX_WAITING + " reads wait");
    }
    return job.await("reading the store");
  }

  @Override
  public void close() {
    closing = true;
    for (Thread thread : threads) {
      try {
        thread.join(CLOSE_MILLIS);
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
    for (Job<?> job = waiting.poll(); job != null; job = waiting.poll()) {
      job.result.completeExceptionally(Job.busy("the store is closing"));
    }
  }
}
