package dev.yagura.connect;

import java.time.Duration;

/** A place where alerts go. */
public interface Channel {
  /** For people; without anything secret. */
  String describe();

  /**
   * Sends a notice, blocking, within a deadline of its own. What may be there already is sent so
   * that it says so, unless the channel can find out whether it is (by the notice's key).
   */
  Delivery deliver(Notice notice);

  /**
   * Whether what was posted can be edited and answered: repeats then go under the alert that they
   * repeat, as {@link Notice.Repeats}; elsewhere they come in a digest of their own.
   */
  default boolean hasThreads() {
    return false;
  }

  /** What became of an attempt. */
  sealed interface Delivery {
    /**
     * @param posted what the channel calls the message; empty where it has no name for it
     */
    record Done(String posted) implements Delivery {
      public Done() {
        this("");
      }
    }

    /**
     * It may work later.
     *
     * @param unsure whether the message may have got through
     */
    record Later(String reason, boolean unsure) implements Delivery {}

    /** The channel takes nothing, from anybody, for so long. */
    record Busy(String reason, Duration pause) implements Delivery {}

    /** It will not work until somebody changes something. */
    record Never(String reason) implements Delivery {}
  }
}
