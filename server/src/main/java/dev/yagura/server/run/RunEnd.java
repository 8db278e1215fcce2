package dev.yagura.server.run;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.RunId;
import dev.yagura.graph.RunState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the run of something that was accepted. What keeps the run from ending well is a
 * reason; what must be taken up again later (a server that stops, a store that fails) is thrown.
 */
final class RunEnd {
  private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);
  private static final Duration CANCEL = Duration.ofSeconds(10);

  private final Runs runs;
  private final Duration deadline;

  /**
   * @param deadline that is named where a run took longer
   */
  RunEnd(Runs runs, Duration deadline) {
    this.runs = runs;
    this.deadline = deadline;
  }

  /** Starts a run, or finds the one that goes on; empty where it has ended before. */
  interface Start {
    Optional<CompletableFuture<RunState>> run() throws InterruptedException;
  }

  /** Why it did not end well; empty where it did, or has ended before. */
  String reason(RunId run, Duration left, Start start) throws InterruptedException {
    try {
      Optional<CompletableFuture<RunState>> end = start.run();
      return end.isEmpty() ? "" : reason(run, left, end.get());
    } catch (FlowException refused) {
      if (refused.failure().code().equals("stopping")
          || refused.failure().code().startsWith("Store")) {
        throw refused;
      }
      return refused.failure().message();
    } catch (ExecutionException broken) {
      if (broken.getCause() instanceof CancellationException) {
        throw new InterruptedException("the server is stopping");
      }
      return "the run could not go on: " + broken.getCause();
    } catch (CancellationException stopping) {
      throw new InterruptedException("the server is stopping");
    }
  }

  /** A run that is late is ended, so that nothing comes of it any more. */
  private String reason(RunId run, Duration left, CompletableFuture<RunState> end)
      throws InterruptedException, ExecutionException {
    try {
      Failure failure = end.get(left.toMillis(), TimeUnit.MILLISECONDS).failure();
      return failure == null ? "" : failure.message();
    } catch (TimeoutException late) {
      runs.cancel(run, "the deadline has passed");
      try {
        RunState unused = end.get(CANCEL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stuck) {
        LOG.warn("run {} does not end", run);
      }
      return "the workflow took longer than " + deadline.toSeconds() + " s";
    }
  }
}
