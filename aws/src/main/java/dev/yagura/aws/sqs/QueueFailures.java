package dev.yagura.aws.sqs;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.model.Reasons;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The errors of SQS under our names, with the missing permission where one is missing. */
final class QueueFailures {
  static final String GONE = "QueueGone";
  static final String DENIED = "QueueDenied";
  static final String REFUSED = "QueueRefused";

  private static final Set<String> NO_QUEUE =
      Set.of("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "NonExistentQueue");
  private static final Set<String> NOT_ALLOWED =
      Set.of("AccessDenied", "AccessDeniedException", "AuthorizationError", "InvalidSecurity");
  private static final Set<String> NOT_KNOWN =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidSignatureException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "RequestExpired");

  private QueueFailures() {}

  static FlowException of(Action action, String queue, Throwable failed) {
    return switch (failed) {
      case FlowException named -> named;
      case CompletionException wrapped when wrapped.getCause() != null ->
          of(action, queue, wrapped.getCause());
      case ExecutionException wrapped when wrapped.getCause() != null ->
          of(action, queue, wrapped.getCause());
      case AwsServiceException service -> service(action, queue, service);
      case ApiCallTimeoutException late -> late(action, queue);
      case ApiCallAttemptTimeoutException late -> late(action, queue);
      case TimeoutException late -> late(action, queue);
      case SdkClientException client -> client(action, queue, client);
      default -> unreachable(queue, Reasons.of(failed));
    };
  }

  private static FlowException service(Action action, String queue, AwsServiceException failed) {
    String code = failed.awsErrorDetails() == null ? "" : failed.awsErrorDetails().errorCode();
    String name = code == null ? "" : code.substring(code.indexOf('#') + 1);
    String said = Words.clean(name + ": " + said(failed), Words.LINE);
    if (NO_QUEUE.contains(name)) {
      return user(
          GONE, queue + " is not there (expected: a queue at this URL that this role may see)");
    }
    if (name.toLowerCase(Locale.ROOT).startsWith("kms")) {
      return denied(
          queue,
          action == Action.BURY ? "kms:GenerateDataKey and kms:Decrypt" : "kms:Decrypt",
          said);
    }
    if (NOT_ALLOWED.contains(name)) {
      return denied(queue, action.permission(), said);
    }
    if (NOT_KNOWN.contains(name)) {
      return user(
          DENIED,
          queue + ": the credentials are not accepted: " + said + " (expected: fresh ones)");
    }
    return failed.statusCode() == 403
        ? denied(queue, action.permission(), said)
        : other(queue, failed, said);
  }

  private static FlowException other(String queue, AwsServiceException failed, String said) {
    boolean refused =
        failed.statusCode() / 100 == 4
            && !failed.isThrottlingException()
            && !said.startsWith("OverLimit");
    return refused ? user(REFUSED, queue + ": " + said) : unreachable(queue, said);
  }

  private static FlowException denied(String queue, String permission, String said) {
    return user(
        DENIED,
        queue
            + ": "
            + permission
            + " is not allowed (expected: a policy that allows it to this role). AWS says: "
            + said);
  }

  private static FlowException user(String code, String message) {
    return Failure.user(code, message).asException();
  }

  private static FlowException unreachable(String queue, String why) {
    return Failure.upstream("QueueUnreachable", queue + ": " + why, true).asException();
  }

  private static FlowException late(Action action, String queue) {
    return unreachable(queue, action.permission() + " was not answered in time");
  }

  private static String said(AwsServiceException failed) {
    String said =
        failed.awsErrorDetails() == null
            ? failed.getMessage()
            : failed.awsErrorDetails().errorMessage();
    return String.valueOf(said);
  }

  private static FlowException client(Action action, String queue, SdkClientException failed) {
    String message = String.valueOf(failed.getMessage());
    if (message.contains("load credentials") || message.contains("credentials were null")) {
      return user(
          DENIED,
          queue
              + ": no AWS credentials found (expected: an instance or task role, a profile, or the"
              + " environment)");
    }
    if (message.contains("load region")) {
      return user(
          REFUSED,
          queue + ": no AWS Region found (expected: region= beside the URL, or AWS_REGION)");
    }
    return failed.getCause() instanceof TimeoutException
        ? late(action, queue)
        : unreachable(queue, Words.clean(Reasons.of(failed), Words.LINE));
  }
}
