package dev.yagura.model.langchain;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.yagura.base.Boundary;
import dev.yagura.base.FlowException;
import dev.yagura.model.Answering;
import dev.yagura.model.Capability;
import dev.yagura.model.ChatAnswer;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest;
import dev.yagura.model.ModelFailures;
import dev.yagura.model.TokenListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A chat model over LangChain4j's streaming models. */
final class LangChainChat implements ChatModel {
  private final String name;
  private final Set<Capability> capabilities;
  private final Function<ChatRequest, StreamingChatModel> models;

  /**
   * @param models makes the model with the settings of a request
   */
  LangChainChat(
      String name, Set<Capability> capabilities, Function<ChatRequest, StreamingChatModel> models) {
    this.name = name;
    this.capabilities = capabilities;
    this.models = models;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public ChatAnswer chat(ChatRequest request, TokenListener tokens) throws InterruptedException {
    var answering = new Answering(tokens);
    var handle = new AtomicReference<@Nullable StreamingHandle>();
    begin(request, new Handler(answering, handle));
    ChatAnswer answer =
        answering.await(
            request.deadlines(),
            () -> {
              StreamingHandle open = handle.get();
              if (open != null && !open.isCancelled()) {
                open.cancel();
              }
            });
    return checked(answer);
  }

  @Boundary("what the library throws is named")
  private void begin(ChatRequest request, Handler handler) {
    try {
      List<ChatMessage> messages = request.messages().stream().map(LangChainChat::message).toList();
      models
          .apply(request)
          .chat(
              dev.langchain4j.model.chat.request.ChatRequest.builder().messages(messages).build(),
              handler);
    } catch (FlowException named) {
      throw named;
    } catch (RuntimeException failed) {
      throw LangChainFailures.of(failed);
    }
  }

  private static ChatMessage message(ChatRequest.Message message) {
    return switch (message.role()) {
      case SYSTEM -> SystemMessage.from(message.text());
      case USER -> UserMessage.from(message.text());
      case ASSISTANT -> AiMessage.from(message.text());
    };
  }

  private static ChatAnswer checked(ChatAnswer answer) {
    switch (answer.finish()) {
      case "content_filter" -> throw ModelFailures.refused("content filter");
      case "length" -> throw ModelFailures.cut("its limit of tokens");
      default -> {
        if (answer.text().isBlank()) {
          throw ModelFailures.empty();
        }
      }
    }
    return answer;
  }

  /** Hears the library's own threads. */
  private record Handler(Answering answering, AtomicReference<@Nullable StreamingHandle> handle)
      implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
      handle.set(context.streamingHandle());
      answering.text(piece.text());
      if (answering.isOver()) {
        context.streamingHandle().cancel();
      }
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
      answering.reasoning(piece.text());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      FinishReason reason = response.finishReason();
      if (reason == null) {
        answering.fail(ModelFailures.unavailable("the answer broke off without an end"));
        return;
      }
      TokenUsage usage = response.tokenUsage();
      String finish =
          switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_EXECUTION -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
            case OTHER -> "other";
          };
      answering.end(
          finish,
          usage == null ? 0 : count(usage.inputTokenCount()),
          usage == null ? 0 : count(usage.outputTokenCount()));
    }

    private static long count(@Nullable Integer tokens) {
      return tokens == null ? 0 : tokens;
    }

    @Override
    public void onError(Throwable failed) {
      answering.fail(LangChainFailures.of(failed));
    }
  }
}
