package dev.yagura.run;

import dev.yagura.run.testkit.StoreContract;

class InMemoryStoreTest extends StoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  protected RunJournal journal() {
    return store;
  }

  @Override
  protected Outbox outbox() {
    return store;
  }

  @Override
  protected WorkflowStore workflows() {
    return store;
  }

  @Override
  protected FindingStore findings() {
    return store;
  }

  @Override
  protected Retention retention() {
    return store;
  }
}
