package dev.yagura.model;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.time.Duration;

/**
 * What can go wrong with a model, under the names that clients of Dify know (dify-contract §2.9)
 * where they have one. Each says whether a retry helps.
 */
public final class ModelFailures {
  /** Longest answer, in characters. */
  public static final int MAX_ANSWER = 400_000;

  private ModelFailures() {}

  /** No credentials, wrong ones, or no permission. */
  public static FlowException authorization(String message) {
    return Failure.user("InvokeAuthorizationError", message).asException();
  }

  /** The provider says what is wrong with the request. */
  public static FlowException badRequest(String message) {
    return Failure.user("InvokeBadRequestError", message).asException();
  }

  /** Too many requests, and the provider's own retries did not help. */
  public static FlowException rateLimit(String message) {
    return Failure.upstream("InvokeRateLimitError", message, true).asException();
  }

  /** The provider is down, or broke off in the middle of an answer. */
  public static FlowException unavailable(String message) {
    return Failure.upstream("InvokeServerUnavailableError", message, true).asException();
  }

  /** The provider cannot be reached. */
  public static FlowException connection(String message) {
    return Failure.upstream("InvokeConnectionError", message, true).asException();
  }

  public static FlowException timeout(String what, Duration expected) {
    return Failure.upstream(
            "ModelTimeout",
            "the model gave no " + what + " in time (expected: within " + text(expected) + ")",
            true)
        .asException();
  }

  public static FlowException refused(String reason) {
    return Failure.upstream("ModelRefused", "the model declined to answer (" + reason + ")", false)
        .asException();
  }

  public static FlowException guardrail() {
    return Failure.upstream("GuardrailIntervened", "a guardrail stopped the model's answer", false)
        .asException();
  }

  public static FlowException cut(String limit) {
    return Failure.limit(
            "ModelAnswerCut",
            "the model's answer was cut off at "
                + limit
                + " (expected: a complete answer; raise max_tokens)")
        .asException();
  }

  public static FlowException empty() {
    return Failure.upstream("ModelAnswerEmpty", "the model answered with no text", true)
        .asException();
  }

  public static FlowException tooLong() {
    return Failure.limit(
            "ModelAnswerTooLong", "the model's answer is longer than " + MAX_ANSWER + " characters")
        .asException();
  }

  public static FlowException unreadable(String why) {
    return Failure.upstream(
            "ModelAnswerUnreadable", "the model's answer cannot be read: " + why, true)
        .asException();
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
