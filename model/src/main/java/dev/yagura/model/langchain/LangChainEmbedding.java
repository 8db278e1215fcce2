package dev.yagura.model.langchain;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.yagura.base.Boundary;
import dev.yagura.model.EmbeddingModel;
import java.util.List;

/** An embedding model over LangChain4j's. */
record LangChainEmbedding(
    String name, int maxCharacters, dev.langchain4j.model.embedding.EmbeddingModel model)
    implements EmbeddingModel {
  @Override
  @Boundary("what the library throws is named")
  public List<float[]> embed(List<String> texts) {
    try {
      return model.embedAll(texts.stream().map(TextSegment::from).toList()).content().stream()
          .map(Embedding::vector)
          .toList();
    } catch (RuntimeException failed) {
      throw LangChainFailures.of(failed);
    }
  }
}
