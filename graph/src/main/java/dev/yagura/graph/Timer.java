package dev.yagura.graph;

/** What a run waits for by the clock. */
public sealed interface Timer {
  /** The whole run must have ended. */
  record Deadline() implements Timer {}

  /** A failed node is to be tried again. */
  record Retry(Address at, int attempt) implements Timer {}
}
