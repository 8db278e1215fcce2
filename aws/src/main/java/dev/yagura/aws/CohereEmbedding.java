package dev.yagura.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.aws.BedrockInvoke.Answer;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.ModelFailures;
import dev.yagura.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Cohere's embedding models, version 3 and 4: up to 96 texts for each call. */
final class CohereEmbedding implements EmbeddingModel {
  static final String FAMILY = "cohere.embed-";

  private static final int TEXTS = 96;
  private static final int MAX_CHARACTERS_V3 = 2_048;

  /** Version 4 reads 128,000 tokens; one vector says little about so much text. */
  private static final int MAX_CHARACTERS_V4 = 20_000;

  private static final int DIMENSIONS = 1024;

  private final BedrockInvoke invoke;
  private final boolean third;

  CohereEmbedding(BedrockInvoke invoke) {
    this.invoke = invoke;
    this.third = invoke.id().contains("-v3");
  }

  @Override
  public String name() {
    return invoke.name();
  }

  @Override
  public int maxCharacters() {
    return third ? MAX_CHARACTERS_V3 : MAX_CHARACTERS_V4;
  }

  @Override
  public Embeddings embed(List<String> texts, Purpose purpose) throws InterruptedException {
    Instant start = Instant.now();
    List<ObjectNode> bodies = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += TEXTS) {
      bodies.add(body(texts.subList(from, Math.min(texts.size(), from + TEXTS)), purpose));
    }
    List<Answer> answers = invoke.all(bodies, "vectors");
    long tokens = 0;
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      vectors.addAll(vectors(answers.get(i).body(), bodies.get(i).path("texts").size()));
      tokens += tokens(answers.get(i));
    }
    return new Embeddings(vectors, Usage.ofInput(tokens, Duration.between(start, Instant.now())));
  }

  private ObjectNode body(List<String> texts, Purpose purpose) {
    ObjectNode body = BedrockInvoke.JSON.createObjectNode();
    texts.forEach(body.putArray("texts")::add);
    body.put("input_type", purpose == Purpose.QUERY ? "search_query" : "search_document");
    // The versions have different names for the end of a text.
    body.put("truncate", third ? "END" : "RIGHT");
    if (!third) {
      body.put("output_dimension", DIMENSIONS).putArray("embedding_types").add("float");
    }
    return body;
  }

  /** Both forms: a list of vectors, or lists by the type of their numbers. */
  private static List<float[]> vectors(JsonNode answer, int expected) {
    JsonNode embeddings = answer.path("embeddings");
    JsonNode floats = embeddings.isObject() ? embeddings.path("float") : embeddings;
    if (floats.size() != expected) {
      throw ModelFailures.unreadable(
          floats.size() + " vectors in embeddings (expected: " + expected + ")");
    }
    List<float[]> vectors = new ArrayList<>();
    floats.forEach(numbers -> vectors.add(VectorJson.read(numbers, "embeddings")));
    return vectors;
  }

  private static long tokens(Answer answer) {
    return answer.headerTokens() > 0
        ? answer.headerTokens()
        : answer.body().at("/meta/billed_units/input_tokens").asLong();
  }
}
