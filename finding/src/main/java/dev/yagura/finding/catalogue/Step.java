package dev.yagura.finding.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to do.
 *
 * @param text what
 * @param undo how to go back, or null
 * @param lasting what cannot be taken back, or null
 * @param note what else to know, or null
 * @param commands exact commands with values in braces; may be empty
 */
public record Step(
    String id,
    Bilingual text,
    @Nullable Bilingual undo,
    @Nullable Bilingual lasting,
    @Nullable Bilingual note,
    List<String> commands) {}
