package dev.yagura.knowledge;

import dev.yagura.knowledge.testkit.KnowledgeStoreContract;

class InMemoryKnowledgeTest extends KnowledgeStoreContract {
  private final InMemoryKnowledge store = new InMemoryKnowledge();

  @Override
  protected KnowledgeStore knowledge() {
    return store;
  }
}
