package dev.yagura.knowledge;

import dev.yagura.knowledge.KnowledgeStore.Segment;
import dev.yagura.knowledge.text.Piece;
import java.util.ArrayList;
import java.util.List;

/** The pieces of a document as segments; their ids sort as they stand in it. */
final class Segments {
  private Segments() {}

  static List<Segment> of(String base, String document, List<Piece> pieces) {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      segments.add(
          new Segment(
              document + "-" + String.format("%06d", i + 1),
              base,
              document,
              i + 1,
              piece.heading(),
              piece.text(),
              piece.page(),
              null,
              ""));
    }
    return segments;
  }
}
