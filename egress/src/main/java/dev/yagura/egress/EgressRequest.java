package dev.yagura.egress;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to somewhere outside.
 *
 * @param method in capitals
 * @param url http or https, without credentials
 * @param headers in order; a name may come twice
 * @param body null for none
 * @param maxBytes of the answer's body; a longer one is a failure
 * @param verify whether the certificate is checked
 */
public record EgressRequest(
    String method,
    String url,
    List<Pair> headers,
    @Nullable Body body,
    Timeouts timeouts,
    long maxBytes,
    boolean verify) {

  /** A name and its value. */
  public record Pair(String name, String value) {}

  /**
   * @param total for the whole exchange, redirects included
   */
  public record Timeouts(Duration connect, Duration read, Duration write, Duration total) {}

  /** What is sent. */
  public sealed interface Body {}

  /**
   * @param type the Content-Type, or null where the headers have it
   */
  public record Bytes(@Nullable String type, byte[] content) implements Body {}

  /** {@code application/x-www-form-urlencoded}. */
  public record Form(List<Pair> fields) implements Body {}

  /** {@code multipart/form-data}. */
  public record Multipart(List<Part> parts) implements Body {}

  /**
   * @param filename null for a field
   */
  public record Part(String name, @Nullable String filename, String type, byte[] content) {}
}
