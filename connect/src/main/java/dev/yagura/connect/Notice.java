package dev.yagura.connect;

import dev.yagura.finding.Language;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.alert.Digest;
import dev.yagura.finding.alert.Tally;
import java.time.ZoneId;

/** What is sent to a channel in one message. */
public sealed interface Notice {
  /** The same for the same message, also when it is tried again after a crash. */
  String key();

  /** Whether an earlier attempt may have got through. */
  boolean maybeSent();

  Language language();

  /** One explained finding. */
  record Single(String key, Alert alert, boolean maybeSent) implements Notice {
    @Override
    public Language language() {
      return alert.language();
    }
  }

  /** Several findings in short. */
  record Several(String key, Digest digest, boolean maybeSent) implements Notice {
    @Override
    public Language language() {
      return digest.language();
    }
  }

  /**
   * What an alert told of was seen again; for channels with threads.
   *
   * @param posted what the channel called the alert's message
   * @param alert as it was written then
   * @param zone of the times in the tally
   * @param tally of everything since the alert
   * @param digest of what is new
   */
  record Repeats(
      String key,
      String posted,
      Alert alert,
      ZoneId zone,
      Tally tally,
      Digest digest,
      boolean maybeSent)
      implements Notice {
    @Override
    public Language language() {
      return alert.language();
    }
  }
}
