package dev.yagura.model.langchain;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.yagura.base.Failure;
import dev.yagura.model.Capability;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest;
import dev.yagura.model.Deadlines;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.ModelProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every server that speaks OpenAI's API: OpenAI, Ollama, vLLM, llama.cpp and others. */
public final class OpenAiProvider implements ModelProvider {
  private static final String DEFAULT_URL = "https://api.openai.com/v1";
  private static final int MAX_CHARACTERS = 24_000;

  private final SharedHttp http = new SharedHttp();
  private final Duration patience;

  public OpenAiProvider() {
    this(Deadlines.DEFAULT.firstToken());
  }

  /**
   * @param patience how long one attempt to get vectors may take
   */
  OpenAiProvider(Duration patience) {
    this.patience = patience;
  }

  @Override
  public String id() {
    return "openai";
  }

  @Override
  public String title() {
    return "OpenAI-compatible server (OpenAI, Ollama, vLLM, llama.cpp)";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("base-url", "where its API is; default " + DEFAULT_URL, false, false),
        new Option("api-key", "its key; local servers need none", false, true));
  }

  @Override
  public ChatModel chat(Registration registration, String name, Map<String, Object> parameters) {
    String url = url(registration);
    String key = key(registration);
    return new LangChainChat(
        id() + "/" + name,
        Set.of(Capability.STREAMING, Capability.JSON_SCHEMA),
        request -> model(url, key, name, request));
  }

  private StreamingChatModel model(String url, String key, String name, ChatRequest request) {
    var builder =
        OpenAiStreamingChatModel.builder()
            .baseUrl(url)
            .apiKey(key)
            .modelName(name)
            .returnThinking(true)
            .httpClientBuilder(http.with(request.deadlines().connect()))
            .timeout(request.deadlines().total())
            .temperature(request.number("temperature"))
            .topP(request.number("top_p"))
            .maxTokens(request.integer("max_tokens"))
            .presencePenalty(request.number("presence_penalty"))
            .frequencyPenalty(request.number("frequency_penalty"))
            .seed(request.integer("seed"));
    if (!request.stop().isEmpty()) {
      builder.stop(request.stop());
    }
    if (request.schema() != null) {
      builder.responseFormat(JsonSchemas.format(request.schema()));
    } else if (request.parameters().get("response_format") instanceof String format) {
      builder.responseFormat(format);
    }
    return builder.build();
  }

  @Override
  public EmbeddingModel embedding(Registration registration, String name) {
    OpenAiEmbeddingModel model =
        OpenAiEmbeddingModel.builder()
            .baseUrl(url(registration))
            .apiKey(key(registration))
            .modelName(name)
            .httpClientBuilder(http.with(Deadlines.DEFAULT.connect()))
            .timeout(patience)
            .maxRetries(2)
            .build();
    return new LangChainEmbedding(id() + "/" + name, MAX_CHARACTERS, model);
  }

  private static String key(Registration registration) {
    String key = registration.secret("api-key");
    return key == null ? "none" : key;
  }

  private static String url(Registration registration) {
    String url = registration.option("base-url");
    return url == null ? DEFAULT_URL : checked(url);
  }

  static String checked(String url) {
    if (isHttp(parse(url))) {
      return url;
    }
    throw Failure.user(
            "InvalidSetting",
            "base-url: '" + url + "' (expected: http:// or https://, a host and a path like /v1)")
        .asException();
  }

  private static boolean isHttp(@Nullable URI uri) {
    return uri != null
        && uri.getHost() != null
        && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
  }

  private static @Nullable URI parse(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException noUrl) {
      return null;
    }
  }
}
