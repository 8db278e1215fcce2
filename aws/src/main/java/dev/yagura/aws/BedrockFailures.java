package dev.yagura.aws;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.model.Deadlines;
import dev.yagura.model.ModelFailures;
import dev.yagura.model.Reasons;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The errors of Bedrock (guardduty §5.4) under our names. */
final class BedrockFailures {
  private static final int LONGEST = 500;

  private BedrockFailures() {}

  static FlowException of(Throwable failed) {
    return switch (failed) {
      case FlowException named -> named;
      case AwsServiceException service -> service(service);
      case ApiCallTimeoutException late ->
          ModelFailures.timeout("complete answer", Deadlines.DEFAULT.total());
      case ApiCallAttemptTimeoutException late ->
          ModelFailures.timeout("complete answer", Deadlines.DEFAULT.total());
      case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case ExecutionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case SdkClientException client -> client(client);
      default -> ModelFailures.unreadable(Reasons.of(failed));
    };
  }

  /** The SDK signs on the thread that begins a call, and wraps what stops that thread. */
  static void stopIfInterrupted(Throwable failed) throws InterruptedException {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException || cause instanceof AbortedException) {
        var interrupted = new InterruptedException("before the call began");
        interrupted.initCause(failed);
        throw interrupted;
      }
    }
  }

  private static FlowException service(AwsServiceException failed) {
    String code = failed.awsErrorDetails() == null ? "" : failed.awsErrorDetails().errorCode();
    String message = code + ": " + message(failed);
    return switch (code == null ? "" : code) {
      case "ThrottlingException", "TooManyRequestsException", "ModelNotReadyException" ->
          ModelFailures.rateLimit(message);
      case "ServiceQuotaExceededException" -> ModelFailures.badRequest(message);
      case "AccessDeniedException",
          "UnrecognizedClientException",
          "ExpiredTokenException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "IncompleteSignatureException" ->
          ModelFailures.authorization(message);
      case "ModelTimeoutException" -> Failure.upstream("ModelTimeout", message, true).asException();
      case "ValidationException" -> ModelFailures.badRequest(message + hint(message));
      case "ResourceNotFoundException" ->
          ModelFailures.badRequest(
              message
                  + " (expected: a model that this Region has and this account may use; the"
                  + " first-time-use form of Anthropic's models must be filled in)");
      default -> byStatus(failed.statusCode(), message);
    };
  }

  private static FlowException byStatus(int status, String message) {
    return switch (status) {
      case 401, 403 -> ModelFailures.authorization(message);
      case 429 -> ModelFailures.rateLimit(message);
      case 400, 404 -> ModelFailures.badRequest(message);
      default -> ModelFailures.unavailable(message);
    };
  }

  private static String hint(String message) {
    return message.contains("on-demand throughput")
        ? " (expected: an inference profile, for example global. or us. or apac. before the model's"
            + " id)"
        : "";
  }

  private static String message(AwsServiceException failed) {
    String message =
        failed.awsErrorDetails() == null
            ? failed.getMessage()
            : failed.awsErrorDetails().errorMessage();
    return cut(String.valueOf(message));
  }

  private static FlowException client(SdkClientException failed) {
    String message = String.valueOf(failed.getMessage());
    if (message.contains("load credentials") || message.contains("credentials were null")) {
      return Failure.user(
              "ProviderTokenNotInitError",
              "no AWS credentials found (expected: an instance or task role, a profile, the"
                  + " environment, or keys with: yagura model add bedrock --option access-key-id=ID"
                  + " --secret secret-access-key=env:NAME)")
          .asException();
    }
    if (message.contains("load region")) {
      return Failure.user(
              "ProviderTokenNotInitError",
              "no AWS Region found (expected: AWS_REGION, or: yagura model add bedrock --region …)")
          .asException();
    }
    return message.contains("execute HTTP request") || message.contains("Acquire operation")
        ? ModelFailures.connection(Reasons.of(failed))
        : ModelFailures.unreadable(Reasons.of(failed));
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
