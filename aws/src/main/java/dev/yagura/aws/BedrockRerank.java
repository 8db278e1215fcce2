package dev.yagura.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.aws.BedrockInvoke.Answer;
import dev.yagura.model.ModelFailures;
import dev.yagura.model.RerankModel;
import dev.yagura.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Rerank models of Cohere and Amazon, which differ in one key of the request. */
final class BedrockRerank implements RerankModel {
  static final String COHERE = "cohere.rerank-";
  static final String AMAZON = "amazon.rerank-";

  /** So many texts are charged as one query. */
  private static final int MAX_TEXTS = 100;

  /** Query and text share 4,096 tokens; a Japanese character is about one. */
  private static final int MAX_CHARACTERS = 3_000;

  private static final int MAX_QUERY = 1_000;

  private final BedrockInvoke invoke;

  BedrockRerank(BedrockInvoke invoke) {
    this.invoke = invoke;
  }

  @Override
  public String name() {
    return invoke.name();
  }

  @Override
  public int maxTexts() {
    return MAX_TEXTS;
  }

  @Override
  public int maxCharacters() {
    return MAX_CHARACTERS;
  }

  @Override
  public Ranking rank(String query, List<String> texts) throws InterruptedException {
    Instant start = Instant.now();
    if (texts.isEmpty()) {
      return new Ranking(List.of(), Usage.NONE);
    }
    Answer answer = invoke.all(List.of(body(query, texts)), "ranking").getFirst();
    return new Ranking(
        scores(answer.body().path("results"), texts.size()),
        Usage.ofInput(answer.headerTokens(), Duration.between(start, Instant.now())));
  }

  private ObjectNode body(String query, List<String> texts) {
    ObjectNode body = BedrockInvoke.JSON.createObjectNode();
    body.put("query", query.length() > MAX_QUERY ? query.substring(0, MAX_QUERY) : query);
    texts.forEach(body.putArray("documents")::add);
    body.put("top_n", texts.size());
    // Cohere's schema wants this key, Amazon's refuses it.
    return invoke.id().contains(COHERE) ? body.put("api_version", 2) : body;
  }

  /** The results come best first, each with the place that its text had in the request. */
  private static List<Double> scores(JsonNode results, int expected) {
    Double[] scores = new Double[expected];
    for (JsonNode result : results) {
      int index = result.path("index").asInt(-1);
      JsonNode score = result.path("relevance_score");
      if (index < 0 || index >= expected || scores[index] != null || !score.isNumber()) {
        throw ModelFailures.unreadable(
            "a result without its text or score (expected: index and relevance_score)");
      }
      scores[index] = Math.clamp(score.asDouble(), 0, 1);
    }
    if (results.size() != expected) {
      throw ModelFailures.unreadable(
          results.size() + " results (expected: " + expected + ", one for each text)");
    }
    return List.of(Arrays.copyOf(scores, expected));
  }
}
