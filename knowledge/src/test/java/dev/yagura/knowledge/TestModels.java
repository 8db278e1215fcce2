package dev.yagura.knowledge;

import dev.yagura.base.Failure;
import dev.yagura.model.Capability;
import dev.yagura.model.ChatAnswer;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.Models;
import dev.yagura.model.Price;
import dev.yagura.model.RerankModel;
import dev.yagura.model.TokenListener;
import dev.yagura.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Models that know two topics, and a chat model that a test speaks for. */
final class TestModels implements Models {
  final Map<String, Topics> embeddings = new ConcurrentHashMap<>();
  volatile String system = "";
  volatile @Nullable RerankModel reranker;
  volatile Function<String, String> chat = text -> "Q1: What?\nA1: " + text;

  Topics embedding(String name, int dimensions) {
    var topics = new Topics(name, dimensions);
    embeddings.put(name, topics);
    system = name;
    return topics;
  }

  @Override
  public Optional<Chosen<EmbeddingModel>> embedding() {
    return embedding(system);
  }

  @Override
  public Optional<Chosen<EmbeddingModel>> embedding(String name) {
    return Optional.ofNullable(embeddings.get(name))
        .map(model -> new Chosen<>(model, "", new Price(BigDecimal.ONE, BigDecimal.ZERO)));
  }

  @Override
  public Optional<Chosen<RerankModel>> rerank() {
    return Optional.ofNullable(reranker).map(model -> new Chosen<>(model, "", Price.UNKNOWN));
  }

  @Override
  public Chosen<ChatModel> chat(String provider, String name, Map<String, Object> parameters) {
    return new Chosen<>(new Speaker(), "", new Price(BigDecimal.ONE, BigDecimal.TEN));
  }

  /** Answers what the test says to the user's message. */
  private final class Speaker implements ChatModel {
    @Override
    public String name() {
      return "test/speaker";
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public ChatAnswer chat(ChatRequest request, TokenListener tokens) {
      String said = chat.apply(request.messages().getLast().text());
      return new ChatAnswer(
          said, "", "end_turn", new Usage(1_000, 1_000, Duration.ZERO, Duration.ZERO));
    }
  }

  /** Knows cars from everything else. */
  static final class Topics implements EmbeddingModel {
    private final String name;
    volatile int dimensions;
    volatile boolean down;
    final List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();

    Topics(String name, int dimensions) {
      this.name = name;
      this.dimensions = dimensions;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int maxCharacters() {
      return 1_000;
    }

    @Override
    public Embeddings embed(List<String> texts, Purpose purpose) {
      if (down) {
        throw Failure.upstream("InvokeServerUnavailableError", "it is down", true).asException();
      }
      asked.addAll(texts);
      return new Embeddings(
          texts.stream()
              .map(text -> text.contains("car") || text.contains("automobile"))
              .map(this::vector)
              .toList(),
          Usage.ofInput(texts.size(), Duration.ZERO));
    }

    private float[] vector(boolean car) {
      float[] vector = new float[dimensions];
      vector[car ? 0 : 1] = 1;
      return vector;
    }
  }
}
