package dev.yagura.model;

import java.util.Set;

/** A model that answers a conversation. Safe for use by many threads at once. */
public interface ChatModel {
  /** {@code provider/model}, for people and for the trace. */
  String name();

  Set<Capability> capabilities();

  /**
   * Answers, blocking, within the deadlines of the request. What went wrong is a FlowException
   * whose code is one of {@link ModelFailures} and whose failure says whether a retry helps.
   *
   * @param tokens hears the text as it comes; all of it, in order
   */
  ChatAnswer chat(ChatRequest request, TokenListener tokens) throws InterruptedException;
}
