package dev.yagura.graph;

import dev.yagura.graph.value.Value;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A node as the core sees it.
 *
 * @param id unique in its graph
 * @param type the DSL's name of the node type, for example {@code if-else}
 * @param title what a person called it; may be empty
 * @param kind what the core must know about it
 * @param parent the container that it lives in, or null
 * @param onError what happens when it fails and no retry is left
 * @param retry how often it is tried again before that; containers are not
 * @param config its own settings, opaque to the core
 */
public record Node(
    String id,
    String type,
    String title,
    Kind kind,
    @Nullable String parent,
    OnError onError,
    Retry retry,
    Value.Obj config) {

  /** What the core must know about a node (dify-contract §1.7, execution kinds). */
  public enum Kind {
    /** Where a run or a round begins. */
    START,
    /** All outgoing edges are taken when it ends well. */
    PLAIN,
    /** Only the edges of the handle that it names are taken. */
    BRANCH,
    /** Its outputs are outputs of the run. */
    END,
    /** Its output {@code answer} is added to the run's answer. */
    ANSWER,
    /** Runs a subgraph, one round per item or turn. */
    CONTAINER,
    /** Lets the round finish and then ends its loop. */
    LOOP_END
  }

  /** What happens when a node fails and no retry is left (dify-contract §2.1). */
  public sealed interface OnError {
    /** The run, or the round it is in, fails. */
    record Abort() implements OnError {}

    /** It counts as done with these outputs. */
    record DefaultValue(Value.Obj outputs) implements OnError {}

    /** The edges of the handle {@code fail-branch} are taken. */
    record FailBranch() implements OnError {}
  }

  /**
   * @param max how many attempts may follow the first
   * @param interval how long to wait before each
   */
  public record Retry(int max, Duration interval) {
    public static final Retry NONE = new Retry(0, Duration.ZERO);
  }

  public static final String FAIL_BRANCH = "fail-branch";
  public static final String SUCCESS_HANDLE = "source";

  /** A node that fails its run when it fails, without retry. */
  public static Node of(String id, String type, Kind kind) {
    return new Node(id, type, id, kind, null, new OnError.Abort(), Retry.NONE, Value.EMPTY);
  }

  /** Whether the edges that leave it depend on a handle. */
  public boolean isBranch() {
    return kind == Kind.BRANCH || onError instanceof OnError.FailBranch;
  }

  public Node inside(String container) {
    return new Node(id, type, title, kind, container, onError, retry, config);
  }

  public Node onError(OnError strategy) {
    return new Node(id, type, title, kind, parent, strategy, retry, config);
  }

  public Node retry(Retry policy) {
    return new Node(id, type, title, kind, parent, onError, policy, config);
  }

  public Node config(Value.Obj settings) {
    return new Node(id, type, title, kind, parent, onError, retry, settings);
  }
}
