package dev.yagura.knowledge;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.model.ChatAnswer;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest;
import dev.yagura.model.Deadlines;
import dev.yagura.model.Models;
import dev.yagura.model.Models.Chosen;
import dev.yagura.model.Price;
import dev.yagura.model.TokenListener;
import dev.yagura.model.Usage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Makes questions and answers of the parts of a document, many at once. What a part's answer came
 * to is durable before the next one is asked: after a crash only those are asked again whose answer
 * had not arrived.
 */
final class QuestionMaking {
  private static final int ATTEMPTS = 3;
  private static final int PAGE = 200;
  private static final int MAX_TOKENS = 4_000;

  private final KnowledgeStore store;
  private final Documents documents;
  private final Models models;
  private final InstantSource clock;
  private final Semaphore calls;
  private final Library.Pause pause;

  QuestionMaking(
      KnowledgeStore store,
      Documents documents,
      Models models,
      InstantSource clock,
      int parallel,
      Library.Pause pause) {
    this.store = store;
    this.documents = documents;
    this.models = models;
    this.clock = clock;
    this.calls = new Semaphore(parallel);
    this.pause = pause;
  }

  /** Asks about all parts that wait, until they are done, or the document is paused. */
  void make(String document, int generation) throws InterruptedException {
    Chosen<ChatModel> chosen = models.chat("", "", Map.of());
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      ask(document, generation, chosen, threads);
    } finally {
      // All that were asked have answered, unless the server stops: then nobody waits for them.
      List<Runnable> unused = threads.shutdownNow();
    }
  }

  private void ask(
      String document, int generation, Chosen<ChatModel> chosen, ExecutorService threads)
      throws InterruptedException {
    String after = "";
    while (true) {
      List<Segment> page = store.segments(document, generation, after, PAGE);
      if (page.isEmpty()) {
        return;
      }
      after = page.getLast().id();
      List<Future<?>> asked = new ArrayList<>();
      for (Segment source : page) {
        if (source.kind() == Segment.Kind.SOURCE && source.state() == Segment.State.WAITING) {
          calls.acquire();
          if (!goesOn(document)) {
            calls.release();
            await(asked);
            return;
          }
          asked.add(threads.submit(() -> answer(source, chosen)));
        }
      }
      await(asked);
    }
  }

  private static void await(List<Future<?>> asked) throws InterruptedException {
    for (Future<?> one : asked) {
      try {
        one.get();
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof FlowException named
            ? named
            : new IllegalStateException(failed.getCause());
      }
    }
  }

  /** Not when somebody has paused or deleted it, or the money is spent. */
  private boolean goesOn(String id) {
    Document document = store.document(id).orElse(null);
    if (document == null || document.state() != Document.State.INDEXING) {
      return false;
    }
    double budget = document.settings().budget();
    if (budget > 0 && document.counts().cost() >= budget) {
      Document unused =
          documents.change(
              id,
              one ->
                  one.to(Document.State.PAUSED, "", clock.instant())
                      .noting(
                          String.format(
                              "paused: %.4f USD are spent (limit: %.4f); raise the limit to go on",
                              one.counts().cost(), budget)));
      return false;
    }
    return true;
  }

  @Boundary("whatever a model makes of one part, the others go on")
  private void answer(Segment source, Chosen<ChatModel> chosen) {
    try {
      attempts(source, chosen);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      calls.release();
    }
  }

  private void attempts(Segment source, Chosen<ChatModel> chosen) throws InterruptedException {
    Failure last = Failure.internal("NotAsked", "nothing was asked");
    var usage = Usage.NONE;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        ChatAnswer answer = chosen.model().chat(request(source), TokenListener.NONE);
        usage = usage.plus(answer.usage());
        List<QuestionPrompt.Pair> pairs = QuestionPrompt.pairs(answer.text());
        if (!pairs.isEmpty() || QuestionPrompt.isNone(answer.text())) {
          keep(source, pairs, usage, chosen.price());
          return;
        }
        last = Failure.upstream("NoPairs", "the model's answer holds no pairs Q1: … A1: …", true);
      } catch (FlowException failed) {
        if (Thread.currentThread().isInterrupted()) {
          // The server stops: the part is not to blame, and is asked about at the next start.
          throw new InterruptedException();
        }
        last = failed.failure();
      }
      if (!last.retryable()) {
        break;
      }
      if (attempt < ATTEMPTS) {
        pause.rest(Duration.ofSeconds(1L << attempt));
      }
    }
    Segment failed = source.to(Segment.State.FAILED, last.message(), clock.instant());
    done(source, List.of(failed), usage, chosen.price());
  }

  private ChatRequest request(Segment source) {
    String language = documents.get(source.document()).settings().language();
    return new ChatRequest(
        QuestionPrompt.of(source, language),
        Map.of("max_tokens", MAX_TOKENS),
        List.of(),
        null,
        Deadlines.DEFAULT);
  }

  private void keep(Segment source, List<QuestionPrompt.Pair> pairs, Usage usage, Price price) {
    List<Segment> made = new ArrayList<>();
    made.add(source.to(Segment.State.COMPLETED, "", clock.instant()));
    for (QuestionPrompt.Pair pair : pairs) {
      made.add(pair(source, made.size(), pair));
    }
    done(source, made, usage, price);
  }

  private Segment pair(Segment source, int position, QuestionPrompt.Pair pair) {
    return new Segment(
        Segmentation.childId(source.id(), position),
        source.base(),
        source.document(),
        source.generation(),
        source.id(),
        Segment.Kind.PAIR,
        position,
        source.heading(),
        pair.question(),
        pair.answer(),
        source.page(),
        true,
        Segment.State.COMPLETED,
        "",
        clock.instant());
  }

  /** One transaction, so that what was paid for is kept at once. */
  private void done(Segment source, List<Segment> segments, Usage usage, Price price) {
    double cost = price.promptPrice(usage).add(price.completionPrice(usage)).doubleValue();
    Document unused =
        documents.change(
            source.document(),
            one ->
                one.with(
                    one.counts()
                        .plus(usage.totalTokens(), cost)
                        .progress(one.counts().total(), one.counts().done() + 1)),
            one -> store.putSegments(one, segments));
  }
}
