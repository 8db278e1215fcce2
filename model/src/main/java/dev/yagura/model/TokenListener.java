package dev.yagura.model;

/** Hears the text of an answer piece by piece. */
@FunctionalInterface
public interface TokenListener {
  TokenListener NONE = text -> {};

  void heard(String text);
}
