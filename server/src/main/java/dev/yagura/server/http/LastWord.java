package dev.yagura.server.http;

import dev.yagura.base.RunId;
import dev.yagura.graph.Address;
import dev.yagura.graph.RunEvent;
import dev.yagura.run.RunListener;
import dev.yagura.run.RunRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what a run came to, so that nobody has to look it up again. */
final class LastWord implements RunListener {
  private final RunListener also;
  private volatile @Nullable RunRecord record;

  LastWord(RunListener also) {
    this.also = also;
  }

  /** Empty where the run has not ended, or was over before it was heard. */
  Optional<RunRecord> record() {
    return Optional.ofNullable(record);
  }

  @Override
  public void heard(RunId run, List<RunEvent> events) {
    also.heard(run, events);
  }

  @Override
  public void piece(RunId run, Address at, String variable, String piece) {
    also.piece(run, at, variable, piece);
  }

  @Override
  public void ended(RunRecord run) {
    record = run;
    also.ended(run);
  }
}
