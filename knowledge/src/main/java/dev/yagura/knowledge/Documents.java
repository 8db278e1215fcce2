package dev.yagura.knowledge;

import dev.yagura.base.Failure;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Changes documents, each by one at a time. */
final class Documents {
  private static final int LOCKS = 64;

  private final KnowledgeStore store;
  private final List<Lock> locks = Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();

  Documents(KnowledgeStore store) {
    this.store = store;
  }

  Document get(String id) {
    return store
        .document(id)
        .orElseThrow(() -> Failure.user("not_found", "there is no document " + id).asException());
  }

  Document change(String id, UnaryOperator<Document> change) {
    return change(id, change, store::putDocument);
  }

  /**
   * @param write keeps the changed document, and what else belongs to the same transaction
   */
  Document change(String id, UnaryOperator<Document> change, Consumer<Document> write) {
    Lock lock = lock(id);
    lock.lock();
    try {
      Document changed = change.apply(get(id));
      write.accept(changed);
      return changed;
    } finally {
      lock.unlock();
    }
  }

  /** Held while a document of this id or name is looked for and made. */
  Lock lock(String name) {
    return locks.get(Math.floorMod(name.hashCode(), LOCKS));
  }
}
