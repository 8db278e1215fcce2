package dev.yagura.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.aws.BedrockInvoke.Answer;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Titan text embeddings v1 and v2: one text for each call. */
final class TitanEmbedding implements EmbeddingModel {
  static final String FAMILY = "amazon.titan-embed-text-";

  /** Titan takes 50,000 characters or 8,192 tokens, whichever comes first. */
  private static final int MAX_CHARACTERS = 20_000;

  private static final int DIMENSIONS = 1024;

  private final BedrockInvoke invoke;

  TitanEmbedding(BedrockInvoke invoke) {
    this.invoke = invoke;
  }

  @Override
  public String name() {
    return invoke.name();
  }

  @Override
  public int maxCharacters() {
    return MAX_CHARACTERS;
  }

  @Override
  public Embeddings embed(List<String> texts, Purpose purpose) throws InterruptedException {
    Instant start = Instant.now();
    long tokens = 0;
    List<float[]> vectors = new ArrayList<>();
    for (Answer answer : invoke.all(texts.stream().map(this::body).toList(), "vector")) {
      vectors.add(VectorJson.read(answer.body().path("embedding"), "embedding"));
      tokens += answer.body().path("inputTextTokenCount").asLong();
    }
    return new Embeddings(vectors, Usage.ofInput(tokens, Duration.between(start, Instant.now())));
  }

  private ObjectNode body(String text) {
    ObjectNode body = BedrockInvoke.JSON.createObjectNode().put("inputText", text);
    // The first version knows neither key and refuses a body with them.
    return invoke.id().contains("-v1")
        ? body
        : body.put("dimensions", DIMENSIONS).put("normalize", true);
  }
}
