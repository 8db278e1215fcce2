package dev.yagura.base;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that did not work, as a value that can be stored and shown.
 *
 * @param kind whose move it is now
 * @param code the stable name of the failure, for example {@code HTTPResponseCodeError}; for node
 *     failures this is Dify's {@code error_type}
 * @param message what, where and what was expected, for a person
 * @param retryable whether the same attempt may succeed later
 * @param details machine-readable particulars, in the order given
 */
public record Failure(
    Kind kind, String code, String message, boolean retryable, Map<String, String> details) {

  /** Whose move it is after a failure. */
  public enum Kind {
    /** The user can mend it: input, configuration, a workflow. */
    USER,
    /** A service that we call did not do its part. */
    UPSTREAM,
    /** A named limit was reached. */
    LIMIT,
    /** A defect of ours. */
    INTERNAL
  }

  public Failure {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** A failure that its user can mend; trying again as it is does not help. */
  public static Failure user(String code, String message) {
    return new Failure(Kind.USER, code, message, false, Map.of());
  }

  /** A failure of a service that we call. */
  public static Failure upstream(String code, String message, boolean retryable) {
    return new Failure(Kind.UPSTREAM, code, message, retryable, Map.of());
  }

  /** A named limit was reached. */
  public static Failure limit(String code, String message) {
    return new Failure(Kind.LIMIT, code, message, false, Map.of());
  }

  /** A defect of ours. */
  public static Failure internal(String code, String message) {
    return new Failure(Kind.INTERNAL, code, message, false, Map.of());
  }

  /** This failure as an exception. */
  public FlowException asException() {
    return new FlowException(this);
  }
}
