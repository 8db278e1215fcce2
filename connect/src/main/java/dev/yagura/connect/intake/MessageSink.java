package dev.yagura.connect.intake;

/**
 * Where messages of a queue go. Called from several threads at once; whoever calls it must keep a
 * message until {@link #take} has returned.
 */
public interface MessageSink {
  /**
   * Keeps what is in a message; returns when that is durable, so that the message may be deleted.
   * Whatever it throws means that nothing is known to be kept: the message must come again.
   *
   * @param body as it came, hostile
   */
  Taken take(byte[] body);

  /** Whether so much accepted work waits that nothing more should be fetched for now. */
  boolean isFull();
}
