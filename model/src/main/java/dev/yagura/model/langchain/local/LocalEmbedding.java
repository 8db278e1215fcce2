package dev.yagura.model.langchain.local;

import ai.onnxruntime.OrtException;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.ModelFailures;
import dev.yagura.model.Reasons;
import dev.yagura.model.Usage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An embedding model in this process, loaded by the first text. */
final class LocalEmbedding implements EmbeddingModel {
  /** Half the processors and four at most: the server goes on answering meanwhile. */
  static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);

  private static final int MAX_CHARACTERS = 8_000;

  private final String name;
  private final Loader loader;
  private final ExecutorService threads = threads();
  private dev.langchain4j.model.embedding.@Nullable EmbeddingModel loaded;
  private @Nullable FlowException failed;

  /** Makes the model, once. */
  interface Loader {
    dev.langchain4j.model.embedding.EmbeddingModel load() throws IOException, OrtException;
  }

  LocalEmbedding(String name, Loader loader) {
    this.name = name;
    this.loader = loader;
  }

  /** Threads that end when there is nothing to do, and that keep no process alive. */
  private static ExecutorService threads() {
    var pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("local-embedding-", 1).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int maxCharacters() {
    return MAX_CHARACTERS;
  }

  @Override
  public Embeddings embed(List<String> texts, Purpose purpose) throws InterruptedException {
    Instant start = Instant.now();
    if (texts.isEmpty()) {
      return new Embeddings(List.of(), Usage.NONE);
    }
    var model = model();
    List<Future<Piecewise>> all = new ArrayList<>();
    try {
      for (String text : texts) {
        all.add(threads.submit(() -> Piecewise.of(text, piece -> embedded(model, piece))));
      }
      long tokens = 0;
      List<float[]> vectors = new ArrayList<>();
      for (Future<Piecewise> one : all) {
        Piecewise done = one.get();
        vectors.add(done.vector());
        tokens += done.tokens();
      }
      return new Embeddings(vectors, Usage.ofInput(tokens, Duration.between(start, Instant.now())));
    } catch (ExecutionException wrong) {
      throw ModelFailures.unreadable(
          Reasons.of(wrong.getCause() == null ? wrong : wrong.getCause()));
    } finally {
      all.forEach(one -> one.cancel(false));
    }
  }

  private static Piecewise embedded(
      dev.langchain4j.model.embedding.EmbeddingModel model, String piece) {
    Response<List<Embedding>> answer = model.embedAll(List.of(TextSegment.from(piece)));
    Integer tokens = answer.tokenUsage() == null ? null : answer.tokenUsage().inputTokenCount();
    return new Piecewise(answer.content().getFirst().vector(), tokens == null ? 0 : tokens);
  }

  private synchronized dev.langchain4j.model.embedding.EmbeddingModel model() {
    if (failed != null) {
      throw failed;
    }
    if (loaded == null) {
      try {
        loaded = load();
      } catch (FlowException unusable) {
        failed = unusable;
        throw unusable;
      }
    }
    return loaded;
  }

  /** What a native library throws is an Error; the libraries turn some into others. */
  @Boundary("what the libraries throw is named")
  private dev.langchain4j.model.embedding.EmbeddingModel load() {
    try {
      return loader.load();
    } catch (LinkageError | AssertionError | RuntimeException | IOException | OrtException wrong) {
      Throwable cause = wrong;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw Failure.user(
              "LocalModelNotLoaded",
              "the local model cannot run on this machine: "
                  + Reasons.of(cause)
                  + " (expected: Linux with glibc, macOS on ARM or Windows, and a temporary folder"
                  + " that programs may run from; or the embedding model of another provider:"
                  + " yagura model add bedrock or openai)")
          .asException();
    }
  }
}
