package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Search;
import dev.yagura.server.http.Json;
import java.util.Optional;
import java.util.OptionalDouble;

/** Dify's {@code retrieval_model} (dify-contract §5.6). */
final class RetrievalModels {
  private static final int MAX_TOP_K = 100;
  private static final String WEIGHTED = "weighted_score";
  private static final String KEYWORDS = "keyword_search";
  private static final double SEMANTIC_FIRST = 0.7;
  private static final double KEYWORD_FIRST = 0.3;

  private RetrievalModels() {}

  /**
   * @param before counts for what is not said
   */
  static Search read(Fields given, Search before) {
    boolean weighted =
        given
            .choice("reranking_mode", "reranking_model", WEIGHTED)
            .filter(WEIGHTED::equals)
            .isPresent();
    double threshold = given.share("score_threshold").orElse(before.threshold());
    return new Search(
        mode(given, before),
        given.whole("top_k", 1, MAX_TOP_K).orElse(before.topK()),
        given.flag("score_threshold_enabled", before.threshold() > 0) ? threshold : 0,
        given
            .object("weights")
            .map(weights -> vectorWeight(weights, before))
            .orElse(before.vectorWeight()),
        !weighted && given.flag("reranking_enable", before.rerank()));
  }

  private static Search.Mode mode(Fields given, Search before) {
    return given
        .choice("search_method", "semantic_search", "full_text_search", "hybrid_search", KEYWORDS)
        .map(
            method ->
                switch (method) {
                  case "semantic_search" -> Search.Mode.SEMANTIC;
                  case "hybrid_search" -> Search.Mode.HYBRID;
                  default -> Search.Mode.FULL_TEXT;
                })
        .orElse(before.mode());
  }

  /** The share of the vectors; two weights need not make one together. */
  private static double vectorWeight(Fields weights, Search before) {
    OptionalDouble vectors =
        weights.object("vector_setting").orElse(Fields.NONE).share("vector_weight");
    OptionalDouble words =
        weights.object("keyword_setting").orElse(Fields.NONE).share("keyword_weight");
    Optional<String> type =
        weights.choice("weight_type", "semantic_first", "keyword_first", "customized");
    if (vectors.isPresent() && words.isPresent()) {
      double sum = vectors.getAsDouble() + words.getAsDouble();
      return sum == 0 ? before.vectorWeight() : vectors.getAsDouble() / sum;
    }
    if (vectors.isPresent() || words.isPresent()) {
      return vectors.orElseGet(() -> 1 - words.getAsDouble());
    }
    return switch (type.orElse("")) {
      case "semantic_first" -> SEMANTIC_FIRST;
      case "keyword_first" -> KEYWORD_FIRST;
      default -> before.vectorWeight();
    };
  }

  /** How a base is searched: one without vectors by words alone. */
  static Search effective(Base base, Search search) {
    return base.settings().economy() ? search.by(Search.Mode.FULL_TEXT) : search;
  }

  /**
   * @param embedding provider and model, each may be empty
   * @param reranking provider and model, each may be empty
   */
  static ObjectNode view(Base base, String[] embedding, String[] reranking) {
    Search search = base.settings().search();
    ObjectNode json =
        Json.object()
            .put("search_method", base.settings().economy() ? KEYWORDS : search.mode().wire())
            .put("reranking_enable", search.rerank())
            .put("reranking_mode", search.rerank() ? "reranking_model" : WEIGHTED);
    json.putObject("reranking_model")
        .put("reranking_provider_name", reranking[0])
        .put("reranking_model_name", reranking[1]);
    if (search.mode() == Search.Mode.HYBRID) {
      ObjectNode weights = json.putObject("weights").put("weight_type", "customized");
      weights
          .putObject("vector_setting")
          .put("vector_weight", search.vectorWeight())
          .put("embedding_provider_name", embedding[0])
          .put("embedding_model_name", embedding[1]);
      weights.putObject("keyword_setting").put("keyword_weight", 1 - search.vectorWeight());
    } else {
      json.putNull("weights");
    }
    return json.put("top_k", search.topK())
        .put("score_threshold_enabled", search.threshold() > 0)
        .put("score_threshold", search.threshold());
  }
}
