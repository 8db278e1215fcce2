package dev.yagura.server.run;

import dev.yagura.base.Failure;
import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.RunEvent;
import dev.yagura.run.RunListener;
import dev.yagura.run.RunRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Idempotency keys whose run is being made: a second request with the same key waits until the run
 * of the first can be found.
 */
public final class KeyReservations {
  /** Longer than a run may wait for its turn. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Map<String, CompletableFuture<Void>> held = new ConcurrentHashMap<>();

  /** A key that nobody else has until it is given free, which may happen twice. */
  public final class Hold implements AutoCloseable {
    private final String name;
    private final CompletableFuture<Void> mine = new CompletableFuture<>();

    private Hold(String name) {
      this.name = name;
    }

    /** Gives the key free when the first events of the run are durable. */
    public RunListener until(RunListener listener) {
      return new RunListener() {
        @Override
        public void heard(RunId run, List<RunEvent> events) {
          close();
          listener.heard(run, events);
        }

        @Override
        public void piece(RunId run, Address at, String variable, String piece) {
          listener.piece(run, at, variable, piece);
        }

        @Override
        public void ended(RunRecord run) {
          listener.ended(run);
        }
      };
    }

    @Override
    public void close() {
      held.remove(name, mine);
      mine.complete(null);
    }
  }

  /**
   * Takes the key of an app, after whoever has it; an empty key is nobody's. A FlowException {@code
   * conflict} where that takes too long.
   */
  public Hold hold(String app, String key) throws InterruptedException {
    var hold = new Hold(app + "/" + key);
    if (key.isEmpty()) {
      return hold;
    }
    CompletableFuture<Void> other = held.putIfAbsent(hold.name, hold.mine);
    while (other != null) {
      try {
        other.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException stuck) {
        throw Failure.user(
                "conflict",
                "another request with this Idempotency-Key has not begun its run in "
                    + PATIENCE.toSeconds()
                    + " s (expected: try again later)")
            .asException();
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
      other = held.putIfAbsent(hold.name, hold.mine);
    }
    return hold;
  }
}
