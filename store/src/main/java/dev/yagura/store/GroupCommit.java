package dev.yagura.store;

import dev.yagura.base.Boundary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The one writer. Whoever waits when a commit starts shares it, and all return when the commit is
 * on the disk. Where a piece of work throws, the group is done again with each behind a savepoint
 * of its own, so that it takes nothing of the others with it. Work may therefore run twice.
 */
final class GroupCommit implements AutoCloseable {
  /** Most pieces of work that wait; more are refused. */
  static final int MAX_WAITING = 20_000;

  private static final int MAX_GROUP = 1_000;
  private static final long CLOSE_MILLIS = 60_000;

  private record Done<T>(Job<T> job, T value) {
    private void complete() {
      job.result.complete(value);
    }
  }

  private final BlockingQueue<Job<?>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Handle handle;
  private final Path file;
  private final Thread thread;
  private volatile boolean closing;

  GroupCommit(Handle handle, Path file) {
    this.handle = handle;
    this.file = file;
    this.thread = Thread.ofPlatform().daemon().name("store-writer").start(this::work);
  }

  <T> T write(Database.Work<T> work) {
    var job = new Job<T>(work);
    if (closing) {
      throw Job.busy("the store is closing");
    }
    if (!waiting.offer(job)) {
      throw Job.busy("more than " + MAX_WAITING + " writes wait");
    }
    if (!thread.isAlive()) {
      refuseWaiting();
    }
    return job.await(file.toString());
  }

  private void work() {
    try {
      while (!closing || !waiting.isEmpty()) {
        Job<?> first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Job<?>> group = new ArrayList<>();
          group.add(first);
          waiting.drainTo(group, MAX_GROUP - 1);
          commit(group);
        }
      }
    } catch (InterruptedException stop) {
      closing = true;
    } finally {
      closing = true;
      refuseWaiting();
      handle.close();
    }
  }

  private void refuseWaiting() {
    for (Job<?> job = waiting.poll(); job != null; job = waiting.poll()) {
      job.result.completeExceptionally(Job.busy("the store is closing"));
    }
  }

  private void commit(List<Job<?>> group) {
    group.removeIf(job -> !job.take());
    if (!together(group)) {
      oneByOne(group);
    }
  }

  /**
   * All in one go, as nearly always nothing throws. False where something did: nothing has changed
   * then.
   */
  @Boundary("whatever throws is found again, one by one")
  private boolean together(List<Job<?>> group) {
    List<Done<?>> done = new ArrayList<>();
    try {
      Statements.execute(handle, "BEGIN IMMEDIATE");
      group.forEach(job -> done.add(result(job)));
      Statements.execute(handle, "COMMIT");
    } catch (Throwable failed) {
      rollback();
      return false;
    }
    done.forEach(Done::complete);
    return true;
  }

  private <T> Done<T> result(Job<T> job) {
    return new Done<>(job, job.work.in(handle));
  }

  @Boundary("what a piece of work or the commit throws is handed to whoever waits for it")
  private void oneByOne(List<Job<?>> group) {
    List<Done<?>> done = new ArrayList<>();
    try {
      Statements.execute(handle, "BEGIN IMMEDIATE");
      for (Job<?> job : group) {
        Done<?> one = run(job);
        if (one != null) {
          done.add(one);
        }
      }
      Statements.execute(handle, "COMMIT");
    } catch (Throwable failed) {
      rollback();
      group.forEach(job -> job.result.completeExceptionally(failed));
      return;
    }
    done.forEach(Done::complete);
  }

  @Boundary("a piece of work that throws is undone and handed to whoever waits for it")
  private <T> @Nullable Done<T> run(Job<T> job) {
    Statements.execute(handle, "SAVEPOINT job");
    try {
      Done<T> done = result(job);
      Statements.execute(handle, "RELEASE job");
      return done;
    } catch (RuntimeException | StackOverflowError failed) {
      undo(failed);
      job.result.completeExceptionally(failed);
      return null;
    }
  }

  /**
   * When the savepoint is gone, the database has undone the whole group, as it does when the disk
   * is full.
   */
  @Boundary("the failure of the work is what counts, for the whole group then")
  private void undo(Throwable failed) {
    try {
      Statements.execute(handle, "ROLLBACK TO job");
      Statements.execute(handle, "RELEASE job");
    } catch (RuntimeException gone) {
      gone.addSuppressed(failed);
      throw failed instanceof RuntimeException work ? work : gone;
    }
  }

  @Boundary(
      "a rollback after a failed commit may fail too; the failure of the commit is what counts")
  private void rollback() {
    try {
      Statements.execute(handle, "ROLLBACK");
    } catch (RuntimeException alreadyRolledBack) {
      // SQLite has rolled back by itself, as it does when the disk is full.
      return;
    }
  }

  /** Whether the writer has ended: only then may another process have the folder. */
  boolean isClosed() {
    return !thread.isAlive();
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
