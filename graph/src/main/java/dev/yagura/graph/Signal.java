package dev.yagura.graph;

import dev.yagura.base.Failure;
import java.time.Duration;

/** What happens to a run from outside. Signals that come too late or twice change nothing. */
public sealed interface Signal {
  record Start(RunInput input) implements Signal {}

  record Succeeded(Address at, int attempt, Outcome outcome) implements Signal {}

  record Failed(Address at, int attempt, Failure failure) implements Signal {}

  /** The node waits for somebody outside, for example a person. */
  record Suspended(Address at, int attempt, String reason) implements Signal {}

  /** What a suspended node waited for has come. */
  record Resumed(Address at, Outcome outcome) implements Signal {}

  /**
   * @param elapsed since the timer of the deadline was set
   */
  record TimerFired(Timer timer, Duration elapsed) implements Signal {}

  record Cancelled(String reason) implements Signal {}

  /** The kinds of signals, for the tables of {@link Transitions}. */
  enum Kind {
    START,
    SUCCEEDED,
    FAILED,
    SUSPENDED,
    RESUMED,
    RETRY_DUE,
    DEADLINE,
    CANCELLED
  }

  default Kind kind() {
    return switch (this) {
      case Start start -> Kind.START;
      case Succeeded succeeded -> Kind.SUCCEEDED;
      case Failed failed -> Kind.FAILED;
      case Suspended suspended -> Kind.SUSPENDED;
      case Resumed resumed -> Kind.RESUMED;
      case TimerFired(Timer.Retry retry, Duration elapsed) -> Kind.RETRY_DUE;
      case TimerFired(Timer.Deadline deadline, Duration elapsed) -> Kind.DEADLINE;
      case Cancelled cancelled -> Kind.CANCELLED;
    };
  }
}
