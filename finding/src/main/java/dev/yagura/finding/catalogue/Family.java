package dev.yagura.finding.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What findings of one kind have in common.
 *
 * @param why it matters, for somebody who is no specialist
 * @param harmless what it usually is when it is harmless
 * @param steps names of actions, the first one first
 * @param check how to confirm or clear it
 * @param connection how to do so when a connection was seen rather than a DNS request; null where
 *     it is the same
 */
public record Family(
    String id,
    Bilingual why,
    Bilingual harmless,
    List<String> steps,
    Check check,
    @Nullable Check connection) {

  /**
   * @param text where to look
   * @param query what to ask there, with values in braces
   */
  public record Check(Bilingual text, String query) {}
}
