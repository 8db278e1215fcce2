package dev.yagura.graph;

import dev.yagura.base.Failure;
import dev.yagura.graph.value.Value;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has happened in a run. The journal of these is the truth, {@link RunState} is its fold, and
 * {@link NodeScheduled} is the order to run a node.
 */
public sealed interface RunEvent {

  /**
   * @param traversal the version of {@link Traversal} that decides this run
   */
  record RunStarted(int traversal, RunInput input) implements RunEvent {}

  record NodeScheduled(Address at, int attempt) implements RunEvent {}

  record NodeSucceeded(
      Address at,
      int attempt,
      Value.Obj outputs,
      @Nullable String handle,
      List<Outcome.Write> writes,
      List<Effect> effects,
      Value.Obj trace)
      implements RunEvent {}

  record NodeFailed(Address at, int attempt, Failure failure, Handling handling)
      implements RunEvent {}

  /** What a failure of a node leads to. */
  enum Handling {
    RETRY,
    DEFAULT_VALUE,
    FAIL_BRANCH,
    ABORT
  }

  record NodeSkipped(Address at) implements RunEvent {}

  record NodeSuspended(Address at, int attempt, String reason) implements RunEvent {}

  record NodeResumed(Address at) implements RunEvent {}

  /**
   * @param edge number of the edge in its scope, in the order of the DSL file
   */
  record EdgeTaken(String frame, int edge) implements RunEvent {}

  /** As {@link EdgeTaken}. */
  record EdgeSkipped(String frame, int edge) implements RunEvent {}

  /**
   * @param opening an {@link Outcome.Iterate} or {@link Outcome.Loop}
   */
  record ContainerOpened(Address at, Outcome opening) implements RunEvent {}

  /**
   * @param container the container's address in the frame around it
   * @param round counted from 0
   */
  record FrameOpened(String frame, Address container, int round) implements RunEvent {}

  /**
   * @param output what the round gives to its container: the collected value, or the loop variables
   * @param failure why the round failed, or null
   */
  record FrameClosed(String frame, Value output, @Nullable Failure failure) implements RunEvent {}

  record TimerSet(Timer timer, Duration after) implements RunEvent {}

  record RunPaused(List<String> reasons) implements RunEvent {}

  record RunResumed() implements RunEvent {}

  /**
   * @param outputs of the end nodes, later ones over earlier ones
   * @param answer of the answer nodes, one after the other
   */
  record RunFinished(RunStatus status, Value.Obj outputs, String answer, @Nullable Failure failure)
      implements RunEvent {}
}
