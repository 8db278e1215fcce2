package dev.yagura.graph;

/** What a run waits for by the clock. */
public sealed interface Timer {
  /**
   * The whole run must have ended.
   *
   * @param generation how often the run had been resumed when it was set; an older one means
   *     nothing any more
   */
  record Deadline(int generation) implements Timer {}

  /** A failed node is to be tried again. */
  record Retry(Address at, int attempt) implements Timer {}
}
