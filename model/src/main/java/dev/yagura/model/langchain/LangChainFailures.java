package dev.yagura.model.langchain;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.yagura.base.FlowException;
import dev.yagura.model.Deadlines;
import dev.yagura.model.ModelFailures;
import dev.yagura.model.Reasons;
import java.io.IOException;

/** The library's exceptions under our names. */
final class LangChainFailures {
  private LangChainFailures() {}

  static FlowException of(Throwable failed) {
    String message = Reasons.of(failed);
    return switch (failed) {
      case FlowException named -> named;
      case AuthenticationException denied -> ModelFailures.authorization(message);
      case RateLimitException busy -> ModelFailures.rateLimit(message);
      case TimeoutException late ->
          ModelFailures.timeout("complete answer", Deadlines.DEFAULT.total());
      case UnresolvedModelServerException unknown -> ModelFailures.connection(message);
      case ModelNotFoundException unknown -> ModelFailures.badRequest(message);
      case ContentFilteredException filtered -> ModelFailures.refused("content filter");
      case InvalidRequestException wrong -> ModelFailures.badRequest(message);
      case InternalServerException down -> ModelFailures.unavailable(message);
      case HttpException other when other.statusCode() / 100 == 4 ->
          ModelFailures.badRequest(message);
      default -> unnamed(failed, message);
    };
  }

  /** The library wraps what stops the thread that calls. */
  static void stopIfInterrupted(Throwable failed) throws InterruptedException {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        var interrupted = new InterruptedException("during the call");
        interrupted.initCause(failed);
        throw interrupted;
      }
    }
  }

  private static FlowException unnamed(Throwable failed, String message) {
    Throwable cause = failed.getCause();
    if (cause != null && cause != failed && !(cause instanceof IOException)) {
      return of(cause);
    }
    return failed instanceof IOException || cause instanceof IOException
        ? ModelFailures.connection(message)
        : ModelFailures.unavailable(message);
  }
}
