package dev.yagura.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Boundary;
import dev.yagura.model.Deadlines;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.ModelFailures;
import dev.yagura.model.Usage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;

/** Titan text embeddings v1 and v2 by InvokeModel (guardduty §5.3): one text per call. */
final class TitanEmbedding implements EmbeddingModel {
  private static final JsonMapper JSON = new JsonMapper();

  /** Titan takes 50,000 characters or 8,192 tokens, whichever comes first. */
  private static final int MAX_CHARACTERS = 20_000;

  private static final int PARALLEL = 8;
  private static final int DIMENSIONS = 1024;

  private final String id;
  private final Supplier<BedrockRuntimeAsyncClient> client;

  TitanEmbedding(String id, Supplier<BedrockRuntimeAsyncClient> client) {
    if (!id.startsWith("amazon.titan-embed-text-")) {
      throw ModelFailures.badRequest(
          "bedrock: '"
              + id
              + "' is no embedding model here (expected: amazon.titan-embed-text-v2:0 or"
              + " amazon.titan-embed-text-v1)");
    }
    this.id = id;
    this.client = client;
  }

  @Override
  public String name() {
    return "bedrock/" + id;
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
    for (int from = 0; from < texts.size(); from += PARALLEL) {
      List<CompletableFuture<InvokeModelResponse>> calls = new ArrayList<>();
      for (String text : texts.subList(from, Math.min(texts.size(), from + PARALLEL))) {
        calls.add(call(text));
      }
      for (CompletableFuture<InvokeModelResponse> call : calls) {
        JsonNode answer = json(await(call));
        vectors.add(vector(answer));
        tokens += answer.path("inputTextTokenCount").asLong();
      }
    }
    return new Embeddings(vectors, Usage.ofInput(tokens, Duration.between(start, Instant.now())));
  }

  @Boundary("what the SDK throws is named")
  private CompletableFuture<InvokeModelResponse> call(String text) {
    ObjectNode body = JSON.createObjectNode().put("inputText", text);
    if (id.contains("-v2")) {
      body.put("dimensions", DIMENSIONS).put("normalize", true);
    }
    try {
      return client
          .get()
          .invokeModel(
              request ->
                  request
                      .modelId(id)
                      .contentType("application/json")
                      .accept("application/json")
                      .body(SdkBytes.fromUtf8String(body.toString())));
    } catch (RuntimeException failed) {
      throw BedrockFailures.of(failed);
    }
  }

  private static InvokeModelResponse await(CompletableFuture<InvokeModelResponse> call)
      throws InterruptedException {
    try {
      return call.get(Deadlines.DEFAULT.firstToken().toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw BedrockFailures.of(failed);
    } catch (TimeoutException late) {
      call.cancel(true);
      throw ModelFailures.timeout("vector", Deadlines.DEFAULT.firstToken());
    }
  }

  private static JsonNode json(InvokeModelResponse response) {
    try {
      return JSON.readTree(response.body().asByteArrayUnsafe());
    } catch (IOException noJson) {
      throw ModelFailures.unreadable("no JSON");
    }
  }

  private static float[] vector(JsonNode answer) {
    JsonNode numbers = answer.path("embedding");
    if (!numbers.isArray() || numbers.isEmpty()) {
      throw ModelFailures.unreadable("no field embedding (expected: an array of numbers)");
    }
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i).floatValue();
    }
    return vector;
  }
}
