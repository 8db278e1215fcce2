package dev.yagura.model;

import dev.yagura.base.FlowException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer that comes in pieces, from a provider's own threads: collects it, bounds it, and holds
 * the deadlines of whoever waits for it.
 */
public final class Answering {
  private static final int MAX_REASONING = 400_000;

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final CompletableFuture<ChatAnswer> answer = new CompletableFuture<>();
  private final TokenListener tokens;
  private final long begun = System.nanoTime();
  private volatile long firstAt;

  public Answering(TokenListener tokens) {
    this.tokens = tokens;
  }

  /** A piece of the answer. */
  public synchronized void text(String piece) {
    begin();
    if (answer.isDone() || piece.isEmpty()) {
      return;
    }
    if (text.length() + piece.length() > ModelFailures.MAX_ANSWER) {
      fail(ModelFailures.tooLong());
      return;
    }
    text.append(piece);
    tokens.heard(piece);
  }

  /** A piece of what the model thinks aloud. */
  public synchronized void reasoning(String piece) {
    begin();
    if (reasoning.length() + piece.length() <= MAX_REASONING) {
      reasoning.append(piece);
    }
  }

  private void begin() {
    if (first.complete(null)) {
      firstAt = System.nanoTime();
    }
  }

  /** The end of the answer. */
  public synchronized void end(String finish, long promptTokens, long completionTokens) {
    begin();
    Usage usage =
        new Usage(
            promptTokens,
            completionTokens,
            Duration.ofNanos(firstAt - begun),
            Duration.ofNanos(System.nanoTime() - begun));
    answer.complete(new ChatAnswer(text.toString(), reasoning.toString(), finish, usage));
  }

  /** There will be no answer. */
  public void fail(FlowException failure) {
    answer.completeExceptionally(failure);
    first.complete(null);
  }

  public boolean isOver() {
    return answer.isDone();
  }

  /**
   * Waits for the end of the answer.
   *
   * @param cancel stops the provider when nobody waits any more
   */
  public ChatAnswer await(Deadlines deadlines, Runnable cancel) throws InterruptedException {
    try {
      first.get(deadlines.firstToken().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      fail(ModelFailures.timeout("first token", deadlines.firstToken()));
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException stopped) {
      cancel.run();
      throw stopped;
    }
    try {
      long left = deadlines.total().toNanos() - (System.nanoTime() - begun);
      return answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw ModelFailures.timeout("complete answer", deadlines.total());
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof FlowException named
          ? named
          : ModelFailures.unavailable(String.valueOf(failed.getCause()));
    } finally {
      cancel.run();
    }
  }
}
