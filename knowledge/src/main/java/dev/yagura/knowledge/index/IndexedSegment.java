package dev.yagura.knowledge.index;

import dev.yagura.knowledge.Segment;
import java.util.List;

/**
 * What the index knows of a segment.
 *
 * @param keywords names by which it is found, besides what it says
 */
public record IndexedSegment(
    Segment segment,
    String baseName,
    String documentName,
    String keywords,
    List<Segment.Vector> vectors) {}
