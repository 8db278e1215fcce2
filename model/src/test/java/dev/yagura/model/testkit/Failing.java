package dev.yagura.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.base.FlowException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How calls without a stream may fail. */
public final class Failing {
  /** How long a model of a test waits for an answer that does not come. */
  public static final Duration PATIENCE = Duration.ofMillis(700);

  private Failing() {}

  static void as(String code, boolean retryable, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FlowException.class,
            failed -> {
              assertThat(failed.failure().code()).isEqualTo(code);
              assertThat(failed.failure().retryable()).isEqualTo(retryable);
              assertThat(failed.failure().message()).isNotBlank().hasSizeLessThan(900);
            });
  }

  static void unreadably(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FlowException.class,
            failed ->
                assertThat(failed.failure().code())
                    .isIn(
                        "ModelAnswerUnreadable",
                        "InvokeConnectionError",
                        "InvokeServerUnavailableError"));
  }

  static void whenInterrupted(ThrowingCallable call) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(call).isInstanceOf(InterruptedException.class);
    } finally {
      boolean unused = Thread.interrupted();
    }
  }
}
