package dev.yagura.knowledge;

/**
 * A segment that answers a query.
 *
 * @param score from 0 to 1; how it is made is in docs/how-it-works.md
 */
public record Hit(
    String segment,
    String base,
    String baseName,
    String document,
    String documentName,
    int position,
    String heading,
    String text,
    int page,
    double score) {}
