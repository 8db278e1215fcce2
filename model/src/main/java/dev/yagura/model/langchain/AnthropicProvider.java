package dev.yagura.model.langchain;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.yagura.base.Failure;
import dev.yagura.model.Capability;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.ModelProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Anthropic's own API. */
public final class AnthropicProvider implements ModelProvider {
  /** The API wants a limit; this one holds where a workflow says none. */
  private static final int DEFAULT_MAX_TOKENS = 4096;

  private final SharedHttp http = new SharedHttp();

  @Override
  public String id() {
    return "anthropic";
  }

  @Override
  public String title() {
    return "Anthropic";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("api-key", "its key", true, true),
        new Option("base-url", "where its API is; default Anthropic's own", false, false));
  }

  @Override
  public ChatModel chat(Registration registration, String name, Map<String, Object> parameters) {
    String key = registration.secret("api-key");
    if (key == null) {
      throw Failure.user("ProviderTokenNotInitError", "anthropic has no api-key (expected: one)")
          .asException();
    }
    String url = registration.option("base-url");
    return new LangChainChat(
        id() + "/" + name,
        Set.of(Capability.STREAMING),
        request -> model(key, url == null ? null : OpenAiProvider.checked(url), name, request));
  }

  private StreamingChatModel model(
      String key, @Nullable String url, String name, ChatRequest request) {
    Integer most = request.integer("max_tokens");
    var builder =
        AnthropicStreamingChatModel.builder()
            .apiKey(key)
            .modelName(name)
            .returnThinking(true)
            .httpClientBuilder(http.with(request.deadlines().connect()))
            .timeout(request.deadlines().total())
            .temperature(request.number("temperature"))
            .topP(request.number("top_p"))
            .topK(request.integer("top_k"))
            .maxTokens(most == null ? DEFAULT_MAX_TOKENS : most)
            .stopSequences(request.stop());
    return (url == null ? builder : builder.baseUrl(url)).build();
  }

  @Override
  public EmbeddingModel embedding(Registration registration, String name) {
    throw Failure.user(
            "ModelNotExistError", "anthropic has no embedding models (expected: bedrock, openai)")
        .asException();
  }
}
