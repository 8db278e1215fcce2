package dev.yagura.model.langchain;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.yagura.base.Boundary;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.ModelFailures;
import dev.yagura.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An embedding model over LangChain4j's. */
record LangChainEmbedding(
    String name, int maxCharacters, dev.langchain4j.model.embedding.EmbeddingModel model)
    implements EmbeddingModel {
  @Override
  @Boundary("what the library throws is named")
  public Embeddings embed(List<String> texts, Purpose purpose) throws InterruptedException {
    Instant start = Instant.now();
    if (texts.isEmpty()) {
      return new Embeddings(List.of(), Usage.NONE);
    }
    try {
      var answer = model.embedAll(texts.stream().map(TextSegment::from).toList());
      if (answer.content().size() != texts.size()) {
        throw ModelFailures.unreadable(
            answer.content().size() + " vectors (expected: " + texts.size() + ")");
      }
      Integer tokens = answer.tokenUsage() == null ? null : answer.tokenUsage().inputTokenCount();
      return new Embeddings(
          answer.content().stream().map(Embedding::vector).toList(),
          Usage.ofInput(tokens == null ? 0 : tokens, Duration.between(start, Instant.now())));
    } catch (RuntimeException failed) {
      LangChainFailures.stopIfInterrupted(failed);
      throw LangChainFailures.of(failed);
    }
  }
}
