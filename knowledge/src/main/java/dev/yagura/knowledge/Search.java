package dev.yagura.knowledge;

/**
 * How knowledge is searched.
 *
 * @param topK most hits, at least 1
 * @param threshold least score of a hit, from 0 to 1; applied once, to the score that hits are
 *     ordered by
 * @param vectorWeight share of the vectors in a hybrid score, from 0 to 1; the words have the rest
 * @param rerank whether the system's rerank model, where there is one, has the last word
 */
public record Search(Mode mode, int topK, double threshold, double vectorWeight, boolean rerank) {
  public static final double DEFAULT_VECTOR_WEIGHT = 0.5;
  public static final int DEFAULT_TOP_K = 4;
  public static final Search DEFAULT =
      new Search(Mode.HYBRID, DEFAULT_TOP_K, 0, DEFAULT_VECTOR_WEIGHT, true);

  /** The names of Dify's {@code search_method} (dify-contract §5.6). */
  public enum Mode {
    FULL_TEXT("full_text_search"),
    SEMANTIC("semantic_search"),
    HYBRID("hybrid_search");

    private final String wire;

    Mode(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }

  public Search top(int k, double least) {
    return new Search(mode, k, least, vectorWeight, rerank);
  }

  public Search by(Mode other) {
    return new Search(other, topK, threshold, vectorWeight, rerank);
  }
}
