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

  @Override
  protected RunHistory history() {
    return store;
  }

  @Override
  protected RecordStore records() {
    return records;
  }

  private final RecordStore records = new InMemoryRecords(() -> NOW);
}
