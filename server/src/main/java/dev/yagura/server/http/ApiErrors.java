package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;

/** Failures as answers, with the codes of dify-contract §4.1. */
final class ApiErrors {
  private ApiErrors() {}

  /** The HTTP status of a failure. */
  static int status(Failure failure) {
    return switch (failure.code()) {
      case "unauthorized" -> 401;
      case "forbidden", "ReadOnlyKnowledge", "archived_document_immutable" -> 403;
      case "not_found" -> 404;
      case "conflict", "idempotency_key_reused", "dataset_name_duplicate", "dataset_in_use" -> 409;
      case "file_too_large", "request_too_large" -> 413;
      case "unsupported_file_type" -> 415;
      case "too_many_requests" -> 429;
      case "stopping", "StoreBusy" -> 503;
      default ->
          switch (failure.kind()) {
            case LIMIT -> failure.retryable() || failure.code().startsWith("Store") ? 503 : 400;
            case USER -> 400;
            case UPSTREAM -> 502;
            case INTERNAL -> 500;
          };
    };
  }

  static ObjectNode body(String code, String message, int status) {
    return Json.object().put("code", code).put("message", message).put("status", status);
  }

  /** A defect of ours says no more than that it is one; the log has the rest. */
  static ObjectNode body(Failure failure) {
    int status = status(failure);
    return status == 500
        ? body(
            "internal_server_error",
            "The server encountered an internal error and was unable to complete your request.",
            status)
        : body(failure.code(), failure.message(), status);
  }
}
