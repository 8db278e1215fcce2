package dev.yagura.model;

import java.util.List;

/** A model that turns texts into vectors. Safe for use by many threads at once. */
public interface EmbeddingModel {
  /** {@code provider/model}; vectors of different names are not comparable. */
  String name();

  /** Most characters of a text that it takes; longer ones are cut by the caller. */
  int maxCharacters();

  /** What the texts are; some models make other vectors of questions than of documents. */
  enum Purpose {
    DOCUMENT,
    QUERY
  }

  /**
   * @param vectors one for each text, in order, all of one length
   * @param usage the tokens that the provider counted, and the time of the whole call
   */
  record Embeddings(List<float[]> vectors, Usage usage) {}

  /**
   * A vector for each text. Texts are not empty. What went wrong is a FlowException as in {@link
   * ChatModel#chat}.
   */
  Embeddings embed(List<String> texts, Purpose purpose) throws InterruptedException;
}
