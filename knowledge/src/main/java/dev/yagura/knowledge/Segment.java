package dev.yagura.knowledge;

import java.time.Instant;

/**
 * A part of a document.
 *
 * @param id sorts as the segments stand in the document
 * @param parent the segment that it is a part of or was made from, or empty
 * @param position in its document, or in its parent, from 1
 * @param heading the headings above it
 * @param text what is found; of a pair, the question
 * @param answer of a pair, or empty
 * @param page 0 where there is none
 * @param error why no pairs could be made of it, or empty
 */
public record Segment(
    String id,
    String base,
    String document,
    int generation,
    String parent,
    Kind kind,
    int position,
    String heading,
    String text,
    String answer,
    int page,
    boolean enabled,
    State state,
    String error,
    Instant changedAt) {
  /** What it is for. */
  public enum Kind {
    /** Found and shown. */
    TEXT,
    /** Shown when a child of it is found. */
    PARENT,
    /** Found, and its parent is shown. */
    CHILD,
    /** A question that is found, with its answer. */
    PAIR,
    /** What pairs are made from; neither found nor shown. */
    SOURCE;

    public boolean isFound() {
      return this == TEXT || this == CHILD || this == PAIR;
    }

    /** Whether it counts as a segment of the document. */
    public boolean isShown() {
      return this == TEXT || this == PARENT || this == PAIR;
    }
  }

  /** Whether the work on it is over. */
  public enum State {
    WAITING,
    COMPLETED,
    FAILED
  }

  /** What a vector is made of. */
  public String embedded() {
    return heading.isEmpty() ? text : heading + "\n" + text;
  }

  /** SHA-256 of what a vector is made of; the same text needs no second vector. */
  public String hash() {
    return FileHash.of(embedded());
  }

  public Segment saying(String question, String reply, boolean found, Instant now) {
    return new Segment(
        id,
        base,
        document,
        generation,
        parent,
        kind,
        position,
        heading,
        question,
        reply,
        page,
        found,
        State.COMPLETED,
        "",
        now);
  }

  public Segment to(State next, String why, Instant now) {
    return new Segment(
        id,
        base,
        document,
        generation,
        parent,
        kind,
        position,
        heading,
        text,
        answer,
        page,
        enabled,
        next,
        why,
        now);
  }

  /** A vector of a segment, by a model. */
  public record Vector(String segment, String model, float[] numbers) {}
}
