package dev.yagura.base;

/**
 * A text that is never printed: {@code toString} says {@code ***}. Call {@link #reveal} only where
 * it is sent.
 */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
