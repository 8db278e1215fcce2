package dev.yagura.connect;

import dev.yagura.finding.alert.Alert;
import java.time.Duration;

/** A place where alerts go. */
public interface Channel {
  /** For people; without anything secret. */
  String describe();

  /**
   * Sends the alert, blocking, within a deadline of its own.
   *
   * @param maybeSent whether an earlier attempt may have got through; the message then says so
   */
  Delivery deliver(Alert alert, boolean maybeSent);

  /** What became of an attempt. */
  sealed interface Delivery {
    record Done() implements Delivery {}

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
