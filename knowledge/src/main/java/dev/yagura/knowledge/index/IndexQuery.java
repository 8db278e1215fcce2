package dev.yagura.knowledge.index;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param documents the only ones that count; null for all
 * @param text what is looked up by its words; empty for vectors alone
 * @param names further names that count a little, such as the finding types that a sentence may be
 *     about, with how sure that is, from 0 to 1
 * @param vectors of the text, by the models of the bases; none for words alone
 * @param vectorWeight share of the vectors in the score, from 0 to 1
 * @param most hits
 */
public record IndexQuery(
    List<String> bases,
    @Nullable List<String> documents,
    String text,
    Map<String, Double> names,
    List<QueryVector> vectors,
    double vectorWeight,
    int most) {
  /** The vector of the text. */
  public record QueryVector(String model, float[] numbers) {}
}
