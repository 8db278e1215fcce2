package dev.yagura.finding.catalogue;

import java.util.List;

/**
 * What findings of one kind have in common.
 *
 * @param why it matters, for somebody who is no specialist
 * @param harmless what it usually is when it is harmless
 * @param steps names of actions, the first one first
 * @param check where to look to confirm or clear it
 * @param query what to ask there, with values in braces
 */
public record Family(
    String id,
    Bilingual why,
    Bilingual harmless,
    List<String> steps,
    Bilingual check,
    String query) {}
