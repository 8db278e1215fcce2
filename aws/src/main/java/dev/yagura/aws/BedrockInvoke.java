package dev.yagura.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Boundary;
import dev.yagura.model.ModelFailures;
import java.io.IOException;
import java.time.Duration;
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

/** InvokeModel: calls in a JSON form that is the model's own. */
final class BedrockInvoke {
  static final JsonMapper JSON = new JsonMapper();

  private static final int PARALLEL = 8;
  private static final String INPUT_TOKENS = "X-Amzn-Bedrock-Input-Token-Count";

  private final String id;
  private final Duration patience;
  private final Supplier<BedrockRuntimeAsyncClient> client;

  /**
   * @param id of the model or of an inference profile
   * @param patience how long one call may take, its retries included
   */
  BedrockInvoke(String id, Duration patience, Supplier<BedrockRuntimeAsyncClient> client) {
    this.id = id;
    this.patience = patience;
    this.client = client;
  }

  String id() {
    return id;
  }

  String name() {
    return "bedrock/" + id;
  }

  /**
   * @param headerTokens what the service counted, 0 where it says nothing
   */
  record Answer(JsonNode body, long headerTokens) {}

  /**
   * The answers, in the order of the bodies; a failure of one call ends the others.
   *
   * @param what is waited for, in the words of a timeout
   */
  List<Answer> all(List<ObjectNode> bodies, String what) throws InterruptedException {
    List<Answer> answers = new ArrayList<>();
    for (int from = 0; from < bodies.size(); from += PARALLEL) {
      List<CompletableFuture<InvokeModelResponse>> calls = new ArrayList<>();
      try {
        for (ObjectNode body : bodies.subList(from, Math.min(bodies.size(), from + PARALLEL))) {
          calls.add(begin(body));
        }
        for (CompletableFuture<InvokeModelResponse> call : calls) {
          answers.add(answer(await(call, what)));
        }
      } finally {
        calls.forEach(call -> call.cancel(true));
      }
    }
    return answers;
  }

  @Boundary("what the SDK throws is named")
  private CompletableFuture<InvokeModelResponse> begin(ObjectNode body)
      throws InterruptedException {
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
      BedrockFailures.stopIfInterrupted(failed);
      throw BedrockFailures.of(failed);
    }
  }

  private InvokeModelResponse await(CompletableFuture<InvokeModelResponse> call, String what)
      throws InterruptedException {
    try {
      return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      BedrockFailures.stopIfInterrupted(failed);
      throw BedrockFailures.of(failed);
    } catch (TimeoutException late) {
      throw ModelFailures.timeout(what, patience);
    }
  }

  private static Answer answer(InvokeModelResponse response) {
    long tokens =
        response
            .sdkHttpResponse()
            .firstMatchingHeader(INPUT_TOKENS)
            .filter(count -> count.matches("\\d{1,12}"))
            .map(Long::parseLong)
            .orElse(0L);
    try {
      JsonNode body = JSON.readTree(response.body().asByteArrayUnsafe());
      return new Answer(body == null ? JSON.missingNode() : body, tokens);
    } catch (IOException noJson) {
      throw ModelFailures.unreadable("no JSON");
    }
  }
}
