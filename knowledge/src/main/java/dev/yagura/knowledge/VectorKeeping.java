package dev.yagura.knowledge;

import dev.yagura.base.Boundary;
import dev.yagura.base.FlowException;
import dev.yagura.model.EmbeddingModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes vectors in the background where they are missing: because the model was away, or because
 * another one is set now. Until all of a base have the new ones, the old ones serve.
 */
final class VectorKeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VectorKeeping.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final KnowledgeStore store;
  private final Documents documents;
  private final Embedder embedder;
  private final IndexKeeping index;
  private final Semaphore wanted = new Semaphore(1);
  private volatile Thread thread = Thread.ofVirtual().unstarted(() -> {});

  VectorKeeping(KnowledgeStore store, Documents documents, Embedder embedder, IndexKeeping index) {
    this.store = store;
    this.documents = documents;
    this.embedder = embedder;
    this.index = index;
  }

  void start() {
    thread = Thread.ofVirtual().name("vectors").start(this::loop);
  }

  /** Something may be missing. */
  void wake() {
    if (wanted.availablePermits() == 0) {
      wanted.release();
    }
  }

  private void loop() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        boolean unused = wanted.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        pass();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes what is missing now, base after base. */
  @Boundary("what fails is tried again with the next pass")
  void pass() throws InterruptedException {
    for (Base base : store.bases()) {
      try {
        pass(base);
      } catch (FlowException unavailable) {
        LOG.warn(
            "no vectors for the knowledge base {}: {}", base.id(), unavailable.failure().message());
      } catch (RuntimeException broken) {
        LOG.error("no vectors for the knowledge base {}: {}", base.id(), broken.toString());
      }
    }
    index.settle();
  }

  private void pass(Base base) throws InterruptedException {
    Optional<EmbeddingModel> model = embedder.wanted(base).map(chosen -> chosen.model());
    if (model.isEmpty()) {
      return;
    }
    String name = model.get().name();
    List<String> lacking = store.documentsWithoutVectors(base.id(), name);
    for (String id : lacking) {
      Optional<Document> document = store.document(id);
      if (document.isEmpty()) {
        continue;
      }
      String note = embedder.embed(base, id, document.get().generation());
      if (!note.isEmpty()) {
        LOG.warn("document {} is {}", id, note);
        return;
      }
      if (document.get().note().startsWith(Embedder.WITHOUT)) {
        Document unused = documents.change(id, one -> one.noting(""));
      }
      index.put(id);
    }
    if (!base.servedModel().equals(name)) {
      serve(base.id(), name);
    }
  }

  /** All have them: the others are not needed any more. */
  private void serve(String id, String model) {
    store.bases().stream()
        .filter(one -> one.id().equals(id) && !store.documents(id).isEmpty())
        .findFirst()
        .ifPresent(
            base -> {
              store.putBase(base.serving(model));
              store.keepVectors(id, model);
              LOG.info("the knowledge base {} is searched with vectors of {}", id, model);
            });
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      boolean unused = !thread.isAlive() || thread.join(STOP);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
