package dev.yagura.graph;

/** Where a node stands within one frame. */
public enum NodeState {
  /** Not decided yet. */
  IDLE,
  /** Ordered to run. */
  RUNNING,
  /** Failed, waits for its next attempt. */
  RETRYING,
  /** Waits for somebody outside. */
  SUSPENDED,
  /** A container whose rounds run. */
  OPEN,
  SUCCEEDED,
  /** Failed, and its error strategy took over. */
  EXCEPTION,
  FAILED,
  SKIPPED;

  /** Whether something is still to come from it. */
  public boolean isActive() {
    return this == RUNNING || this == RETRYING || this == SUSPENDED || this == OPEN;
  }
}
