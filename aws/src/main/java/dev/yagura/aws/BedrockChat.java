package dev.yagura.aws;

import dev.yagura.base.Boundary;
import dev.yagura.model.Answering;
import dev.yagura.model.Capability;
import dev.yagura.model.ChatAnswer;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest;
import dev.yagura.model.ModelFailures;
import dev.yagura.model.TokenListener;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** A chat model of Bedrock, by ConverseStream. */
final class BedrockChat implements ChatModel {
  private final String id;
  private final BedrockSettings settings;
  private final Supplier<BedrockRuntimeAsyncClient> client;

  BedrockChat(String id, BedrockSettings settings, Supplier<BedrockRuntimeAsyncClient> client) {
    this.id = id;
    this.settings = settings;
    this.client = client;
  }

  @Override
  public String name() {
    return "bedrock/" + id;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.STREAMING);
  }

  @Override
  public ChatAnswer chat(ChatRequest request, TokenListener tokens) throws InterruptedException {
    // The SDK would take it for a defect of its own.
    if (Thread.interrupted()) {
      throw new InterruptedException("before the call began");
    }
    var answering = new Answering(tokens);
    CompletableFuture<Void> call = begin(request, answering);
    return checked(answering.await(request.deadlines(), () -> call.cancel(true)), request);
  }

  /** What the stream has said so far of its end. */
  private static final class End {
    private volatile String stop = "";
    private volatile long input;
    private volatile long output;
  }

  @Boundary("what the SDK throws is named")
  private CompletableFuture<Void> begin(ChatRequest request, Answering answering) {
    var end = new End();
    try {
      CompletableFuture<Void> call =
          client
              .get()
              .converseStream(ConverseRequests.of(id, request, settings), handler(answering, end));
      CompletableFuture<Void> unused =
          call.whenComplete(
              (nothing, failed) -> {
                if (failed != null) {
                  answering.fail(BedrockFailures.of(failed));
                } else if (end.stop.isEmpty()) {
                  answering.fail(ModelFailures.unavailable("the answer broke off without an end"));
                } else {
                  answering.end(end.stop, end.input, end.output);
                }
              });
      return call;
    } catch (RuntimeException failed) {
      throw BedrockFailures.of(failed);
    }
  }

  private static ConverseStreamResponseHandler handler(Answering answering, End end) {
    return ConverseStreamResponseHandler.builder()
        .subscriber(
            ConverseStreamResponseHandler.Visitor.builder()
                .onContentBlockDelta(event -> delta(answering, event.delta()))
                .onMessageStop(event -> end.stop = event.stopReasonAsString())
                .onMetadata(event -> usage(end, event))
                .build())
        .build();
  }

  private static void delta(Answering answering, ContentBlockDelta delta) {
    if (delta.text() != null) {
      answering.text(delta.text());
    }
    if (delta.reasoningContent() != null && delta.reasoningContent().text() != null) {
      answering.reasoning(delta.reasoningContent().text());
    }
  }

  private static void usage(End end, ConverseStreamMetadataEvent event) {
    TokenUsage usage = event.usage();
    if (usage != null) {
      end.input = usage.inputTokens() == null ? 0 : usage.inputTokens();
      end.output = usage.outputTokens() == null ? 0 : usage.outputTokens();
    }
  }

  private static ChatAnswer checked(ChatAnswer answer, ChatRequest request) {
    switch (answer.finish()) {
      case "guardrail_intervened" -> throw ModelFailures.guardrail();
      case "content_filtered", "refusal" -> throw ModelFailures.refused(answer.finish());
      case "max_tokens" -> {
        Integer most = request.integer("max_tokens");
        throw ModelFailures.cut(most == null ? "the model's limit" : most + " tokens");
      }
      case "model_context_window_exceeded" ->
          throw ModelFailures.badRequest("the prompt is longer than the model can read");
      case "malformed_model_output", "malformed_tool_use" ->
          throw ModelFailures.unreadable(answer.finish());
      default -> {
        if (answer.text().isBlank()) {
          throw ModelFailures.empty();
        }
      }
    }
    return answer;
  }
}
