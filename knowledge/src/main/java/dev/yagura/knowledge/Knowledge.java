package dev.yagura.knowledge;

import java.util.List;

/** Looks things up. */
public interface Knowledge {
  /** Most characters of a query that count. */
  int MAX_QUERY = 2_000;

  /** There is nothing to look up. */
  Knowledge NONE = (bases, query, topK, threshold) -> new Answer(List.of(), "");

  /**
   * @param hits best first
   * @param note what was not as it should be, for example that vectors were unavailable; or empty
   */
  record Answer(List<Hit> hits, String note) {}

  /**
   * The segments that answer the query best.
   *
   * @param bases ids of knowledge bases
   * @param topK most hits, at least 1
   * @param threshold least score of a hit
   */
  Answer retrieve(List<String> bases, String query, int topK, double threshold)
      throws InterruptedException;
}
