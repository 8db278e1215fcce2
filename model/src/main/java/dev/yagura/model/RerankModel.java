package dev.yagura.model;

import java.util.List;

/** A model that says how well texts answer a query. Safe for use by many threads at once. */
public interface RerankModel {
  /** {@code provider/model}. */
  String name();

  /** Most texts of one call. */
  int maxTexts();

  /** Most characters of a text that it takes; longer ones are cut by the caller. */
  int maxCharacters();

  /**
   * @param scores one for each text, in the order of the texts, from 0 to 1
   * @param usage tokens where the provider counts them, and the time of the call
   */
  record Ranking(List<Double> scores, Usage usage) {}

  /** Scores the texts. What went wrong is a FlowException as in {@link ChatModel#chat}. */
  Ranking rank(String query, List<String> texts) throws InterruptedException;
}
