package dev.yagura.model;

/**
 * @param text what the model says
 * @param reasoning what it thought aloud, or empty
 * @param finish why it stopped, in the provider's word, for example {@code end_turn}
 */
public record ChatAnswer(String text, String reasoning, String finish, Usage usage) {}
