package dev.yagura.knowledge.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What came out for a group of questions. Not safe for use by many threads. */
public final class Measure {
  private int asked;
  private int first;
  private int third;
  private int fifth;
  private double reciprocal;
  private final List<Long> nanos = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();

  /**
   * @param rank of the first right hit, from 1; 0 where there was none
   */
  void add(String question, int rank, long time) {
    asked++;
    first += rank == 1 ? 1 : 0;
    third += rank >= 1 && rank <= 3 ? 1 : 0;
    fifth += rank >= 1 && rank <= 5 ? 1 : 0;
    reciprocal += rank == 0 ? 0 : 1.0 / rank;
    nanos.add(time);
    if (rank == 0 || rank > 3) {
      missed.add(question);
    }
  }

  public int asked() {
    return asked;
  }

  public double recallAt1() {
    return (double) first / asked;
  }

  public double recallAt3() {
    return (double) third / asked;
  }

  public double recallAt5() {
    return (double) fifth / asked;
  }

  /** Mean reciprocal rank within the first ten hits. */
  public double mrr() {
    return reciprocal / asked;
  }

  /** Questions whose section was not among the first three. */
  public List<String> missed() {
    return Collections.unmodifiableList(missed);
  }

  /** Milliseconds that this share of the questions stayed below. */
  public double milliseconds(double share) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int at = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, at)) / 1e6;
  }
}
