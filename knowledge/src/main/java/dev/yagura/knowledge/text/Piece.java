package dev.yagura.knowledge.text;

/**
 * A part of a document that answers a question by itself.
 *
 * @param heading the headings above it, from the top down, joined by {@code > }
 * @param page where it begins; 0 where the format has none
 */
public record Piece(String heading, String text, int page) {}
