package dev.yagura.node.llm;

import dev.yagura.graph.value.Value;
import dev.yagura.model.Price;
import dev.yagura.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;

/** What a call used, under Dify's names (dify-contract §2.9): prices are decimal texts. */
final class UsageValues {
  private static final String UNIT = "0.000001";

  private UsageValues() {}

  static Value.Obj of(Usage usage, Price price) {
    BigDecimal prompt = price.promptPrice(usage);
    BigDecimal completion = price.completionPrice(usage);
    return Value.object(
        "prompt_tokens",
        usage.promptTokens(),
        "prompt_unit_price",
        price.prompt().toPlainString(),
        "prompt_price_unit",
        UNIT,
        "prompt_price",
        plain(prompt),
        "completion_tokens",
        usage.completionTokens(),
        "completion_unit_price",
        price.completion().toPlainString(),
        "completion_price_unit",
        UNIT,
        "completion_price",
        plain(completion),
        "total_tokens",
        usage.totalTokens(),
        "total_price",
        plain(prompt.add(completion)),
        "currency",
        Price.CURRENCY,
        "latency",
        seconds(usage.total()),
        "time_to_first_token",
        seconds(usage.firstToken()),
        "time_to_generate",
        seconds(usage.total().minus(usage.firstToken())));
  }

  private static String plain(BigDecimal price) {
    return price.stripTrailingZeros().toPlainString();
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
