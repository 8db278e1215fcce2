package dev.yagura.model;

import java.util.List;

/** A model that turns texts into vectors. Safe for use by many threads at once. */
public interface EmbeddingModel {
  /** {@code provider/model}; vectors of different names are not comparable. */
  String name();

  /** Most characters of a text that it takes; longer ones are cut by the caller. */
  int maxCharacters();

  /**
   * A vector for each text, in order, all of one length. Texts are not empty. What went wrong is a
   * FlowException as in {@link ChatModel#chat}.
   */
  List<float[]> embed(List<String> texts) throws InterruptedException;
}
