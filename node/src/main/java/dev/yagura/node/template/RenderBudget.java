package dev.yagura.node.template;

import dev.yagura.base.Failure;
import java.util.function.Supplier;

/** What one rendering may spend: steps, and time for steps that are heavy. */
final class RenderBudget {
  /**
   * Most pieces of a template (texts, expressions, tags, items of loops) that one rendering goes
   * through.
   */
  static final int MAX_STEPS = 200_000;

  private static final long MAX_NANOS = 10_000_000_000L;
  private static final ScopedValue<RenderBudget> CURRENT = ScopedValue.newInstance();

  private final long start = System.nanoTime();
  private int steps;

  private RenderBudget() {}

  static <T> T spending(Supplier<T> rendering) {
    return ScopedValue.where(CURRENT, new RenderBudget()).call(rendering::get);
  }

  static void step() {
    spend(1);
  }

  static void spend(int steps) {
    RenderBudget budget = CURRENT.get();
    budget.steps = Math.addExact(budget.steps, steps);
    if (budget.steps > MAX_STEPS) {
      throw Failure.limit("", "a template may take " + MAX_STEPS + " steps").asException();
    }
    if (System.nanoTime() - budget.start > MAX_NANOS || Thread.currentThread().isInterrupted()) {
      throw Failure.limit("", "a template may take 10 seconds").asException();
    }
  }
}
