package dev.yagura.knowledge;

import dev.yagura.base.Failure;
import dev.yagura.knowledge.Segment.Kind;
import dev.yagura.knowledge.text.Block;
import dev.yagura.knowledge.text.Cut;
import dev.yagura.knowledge.text.FullText;
import dev.yagura.knowledge.text.Piece;
import dev.yagura.knowledge.text.Segmenter;
import dev.yagura.knowledge.text.Splitter;
import dev.yagura.knowledge.text.TextCleaner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The segments of a document by its rule. */
final class Segmentation {
  /** Most segments that one document may have, children included. */
  static final int MAX_SEGMENTS = 50_000;

  private final Document document;
  private final int generation;
  private final Instant now;

  Segmentation(Document document, int generation, Instant now) {
    this.document = document;
    this.generation = generation;
    this.now = now;
  }

  List<Segment> segments(List<Block> blocks) {
    ProcessRule rule = document.settings().rule();
    List<Segment> segments =
        switch (document.settings().form()) {
          case TEXT -> top(pieces(blocks, rule), Kind.TEXT);
          case QUESTIONS -> top(pieces(blocks, rule), Kind.SOURCE);
          case PARENT_CHILD -> families(parents(blocks, rule), rule);
        };
    if (segments.size() > MAX_SEGMENTS) {
      throw Failure.limit(
              "UnusableDocument",
              document.name()
                  + ": "
                  + segments.size()
                  + " segments (expected: at most "
                  + MAX_SEGMENTS
                  + ")")
          .asException();
    }
    return segments;
  }

  private static List<Piece> pieces(List<Block> blocks, ProcessRule rule) {
    if (rule.mode() == ProcessRule.Mode.CUSTOM) {
      return FullText.of(blocks)
          .pieces(rule.cut(), rule.removeExtraSpaces(), rule.removeUrlsEmails());
    }
    List<Piece> pieces = new ArrayList<>();
    for (Piece piece : Segmenter.segment(blocks)) {
      String clean = TextCleaner.clean(piece.text(), true, false);
      pieces.add(new Piece(piece.heading(), clean, piece.page()));
    }
    return pieces;
  }

  private static List<Piece> parents(List<Block> blocks, ProcessRule rule) {
    return rule.wholeParent()
        ? List.of(new Piece("", FullText.of(blocks).text(), blocks.getFirst().page()))
        : pieces(blocks, rule);
  }

  private List<Segment> top(List<Piece> pieces, Kind kind) {
    List<Segment> segments = new ArrayList<>();
    for (Piece piece : pieces) {
      segments.add(
          segment(
              id(document.id(), generation, segments.size() + 1),
              "",
              kind,
              segments.size() + 1,
              piece));
    }
    return segments;
  }

  private List<Segment> families(List<Piece> parents, ProcessRule rule) {
    List<Segment> all = new ArrayList<>();
    int position = 0;
    for (Piece parent : parents) {
      Segment one =
          segment(id(document.id(), generation, ++position), "", Kind.PARENT, position, parent);
      all.add(one);
      all.addAll(children(one, rule.childCut(), now));
    }
    return all;
  }

  /** A parent cut into the parts by which it is found. */
  static List<Segment> children(Segment parent, Cut cut, Instant now) {
    List<Segment> children = new ArrayList<>();
    for (String text : new Splitter(cut).split(parent.text())) {
      children.add(child(parent, children.size() + 1, text, now));
    }
    return children;
  }

  static Segment child(Segment parent, int position, String text, Instant now) {
    return new Segment(
        childId(parent.id(), position),
        parent.base(),
        parent.document(),
        parent.generation(),
        parent.id(),
        Kind.CHILD,
        position,
        parent.heading(),
        text,
        "",
        parent.page(),
        parent.enabled(),
        Segment.State.COMPLETED,
        "",
        now);
  }

  private Segment segment(String id, String parent, Kind kind, int position, Piece piece) {
    return new Segment(
        id,
        document.base(),
        document.id(),
        generation,
        parent,
        kind,
        position,
        piece.heading(),
        piece.text(),
        "",
        piece.page(),
        true,
        kind == Kind.SOURCE ? Segment.State.WAITING : Segment.State.COMPLETED,
        "",
        now);
  }

  /** Ids sort as the segments stand in the document. */
  static String id(String document, int generation, int position) {
    return document + "-" + generation + "-" + String.format("%06d", position);
  }

  static String childId(String parent, int position) {
    return parent + "-" + String.format("%06d", position);
  }
}
