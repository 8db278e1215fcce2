package dev.yagura.knowledge.index;

import dev.yagura.knowledge.Hit;

/**
 * A segment that was found.
 *
 * @param parent the segment to show instead, or empty
 */
public record Found(Hit hit, String parent) {}
