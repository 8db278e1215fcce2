package dev.yagura.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What tokens cost, in US dollars per million. The table holds on-demand list prices of us-east-1;
 * a registration may say its own.
 *
 * @param prompt per million tokens that go in
 * @param completion per million tokens that come out
 */
public record Price(BigDecimal prompt, BigDecimal completion) {
  public static final String CURRENCY = "USD";
  public static final Price UNKNOWN = new Price(BigDecimal.ZERO, BigDecimal.ZERO);
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** By a part of the model's id; the first that fits counts. */
  private static final List<Map.Entry<String, Price>> LIST =
      List.of(
          entry("claude-haiku-4-5", "1", "5"),
          entry("claude-sonnet-4", "3", "15"),
          entry("claude-opus-4-5", "5", "25"),
          entry("claude-3-7-sonnet", "3", "15"),
          entry("claude-3-5-sonnet", "3", "15"),
          entry("claude-3-5-haiku", "0.8", "4"),
          entry("claude-3-haiku", "0.25", "1.25"),
          entry("claude-3-sonnet", "3", "15"),
          entry("nova-micro", "0.035", "0.14"),
          entry("nova-lite", "0.06", "0.24"),
          entry("nova-pro", "0.8", "3.2"),
          entry("titan-embed-text-v1", "0.1", "0"),
          entry("titan-embed-text-v2", "0.02", "0"),
          entry("cohere.embed-english-v3", "0.1", "0"),
          entry("cohere.embed-multilingual-v3", "0.1", "0"),
          entry("cohere.embed-v4", "0.12", "0"));

  private static Map.Entry<String, Price> entry(String part, String prompt, String completion) {
    return Map.entry(part, new Price(new BigDecimal(prompt), new BigDecimal(completion)));
  }

  /** The list price of a model; {@link #UNKNOWN} where the table has none. */
  public static Price of(String model) {
    return LIST.stream()
        .filter(entry -> model.contains(entry.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(UNKNOWN);
  }

  public BigDecimal promptPrice(Usage usage) {
    return prompt.multiply(BigDecimal.valueOf(usage.promptTokens())).divide(MILLION);
  }

  public BigDecimal completionPrice(Usage usage) {
    return completion.multiply(BigDecimal.valueOf(usage.completionTokens())).divide(MILLION);
  }
}
