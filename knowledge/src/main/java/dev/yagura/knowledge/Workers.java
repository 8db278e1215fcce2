package dev.yagura.knowledge;

import dev.yagura.base.Boundary;
import dev.yagura.base.FlowException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on documents in the order in which they came, a few at a time; those that wait for a model
 * to make questions have workers of their own.
 */
final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final int QUICK = 2;
  private static final int SLOW = 4;
  private static final Duration FULL = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final KnowledgeStore store;
  private final Indexing indexing;
  private final Runnable idle;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Documents in order, and whether they wait for a model to make questions. */
  private final Map<String, Boolean> waiting = new LinkedHashMap<>();

  private final Set<String> working = new LinkedHashSet<>();
  private final Map<String, CompletableFuture<Void>> awaited = new HashMap<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param idle is done whenever nothing is left to do
   */
  Workers(KnowledgeStore store, Indexing indexing, Runnable idle) {
    this.store = store;
    this.indexing = indexing;
    this.idle = idle;
  }

  /** Begins to work, with what was left undone. */
  void start() {
    store.unfinished().forEach(document -> enqueue(document.id()));
    for (int i = 0; i < QUICK + SLOW; i++) {
      boolean slow = i >= QUICK;
      threads.add(Thread.ofVirtual().name("documents-" + i).start(() -> loop(slow)));
    }
  }

  void enqueue(String document) {
    boolean slow = isSlow(document);
    lock.lock();
    try {
      waiting.put(document, slow);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the work on the document is over or paused. */
  Document await(String id, Duration most) throws InterruptedException {
    CompletableFuture<Void> end;
    lock.lock();
    try {
      if (!waiting.containsKey(id) && !working.contains(id)) {
        return store.document(id).orElseThrow();
      }
      end = awaited.computeIfAbsent(id, key -> new CompletableFuture<>());
    } finally {
      lock.unlock();
    }
    try {
      end.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | java.util.concurrent.ExecutionException late) {
      LOG.debug("still at work on {}", id);
    }
    return store.document(id).orElseThrow();
  }

  private boolean isSlow(String id) {
    return store
        .document(id)
        .filter(document -> document.settings().form() == DocumentForm.QUESTIONS)
        .isPresent();
  }

  private void loop(boolean slow) {
    try {
      while (true) {
        String id = take(slow);
        boolean again = work(id);
        if (again) {
          Thread.sleep(FULL);
        }
        done(id, again);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives whether it must be tried again later, because the disk is full. */
  @Boundary("a worker outlives what it works on")
  private boolean work(String id) throws InterruptedException {
    try {
      indexing.work(id);
      return false;
    } catch (FlowException full) {
      LOG.error("document {} waits: {}", id, full.failure().message());
      return true;
    } catch (RuntimeException broken) {
      LOG.error("document {} cannot be worked on: {}", id, broken.toString());
      return false;
    }
  }

  private String take(boolean slow) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        for (Map.Entry<String, Boolean> entry : waiting.entrySet()) {
          String id = entry.getKey();
          if (!working.contains(id) && entry.getValue() == slow) {
            waiting.remove(id);
            working.add(id);
            return id;
          }
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void done(String id, boolean again) {
    boolean slow = again && isSlow(id);
    boolean last;
    CompletableFuture<Void> end = null;
    lock.lock();
    try {
      working.remove(id);
      if (again) {
        waiting.put(id, slow);
      }
      if (!waiting.containsKey(id)) {
        end = awaited.remove(id);
      }
      last = waiting.isEmpty() && working.isEmpty();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (end != null) {
      end.complete(null);
    }
    if (last) {
      rest();
    }
  }

  @Boundary("a worker outlives what it does when there is nothing to do")
  private void rest() {
    try {
      idle.run();
    } catch (RuntimeException failed) {
      LOG.error("the index cannot be put together: {}", failed.toString());
    }
  }

  /** Stops; what is under way goes on at the next start. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        boolean unused = thread.join(STOP);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
