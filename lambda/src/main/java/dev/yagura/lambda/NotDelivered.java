package dev.yagura.lambda;

import java.util.Map;

/**
 * An event did not reach the server, and may at another time: whoever invoked the function is to
 * try again. The message has neither contents nor keys.
 */
final class NotDelivered extends RuntimeException {
  private final transient Map<String, Long> numbers;

  NotDelivered(String message) {
    this(message, Map.of());
  }

  /**
   * @param numbers for the log: status, attempts, time
   */
  NotDelivered(String message, Map<String, Long> numbers) {
    super(message);
    this.numbers = numbers;
  }

  Map<String, Long> numbers() {
    return numbers;
  }
}
