package dev.yagura.connect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.connect.Channel.Delivery;
import dev.yagura.egress.EgressClient;
import dev.yagura.egress.EgressRequest;
import dev.yagura.egress.EgressRequest.Pair;
import dev.yagura.egress.EgressRequest.Timeouts;
import dev.yagura.egress.EgressResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends JSON to where a channel takes it, without following redirects. */
public final class JsonPost {
  private static final Timeouts TIMEOUTS =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15));
  private static final int MAX_ANSWER = 1 << 20;
  private static final int LONGEST_WAIT = 3600;

  private final EgressClient egress;
  private final Timeouts timeouts;

  public JsonPost(EgressClient egress) {
    this(egress, TIMEOUTS);
  }

  /** With other deadlines. */
  public JsonPost(EgressClient egress, Timeouts timeouts) {
    this.egress = egress;
    this.timeouts = timeouts;
  }

  /** What came of a request. */
  public sealed interface Result {
    record Answered(EgressResponse response) implements Result {
      /** The body, at most 200 characters of it. */
      public String said() {
        String body = new String(response.body(), StandardCharsets.UTF_8).strip();
        return body.length() > 200 ? body.substring(0, 200) + "…" : body;
      }
    }

    record Failed(Delivery delivery) implements Result {}
  }

  /**
   * @param body null for a GET
   */
  public Result send(String url, List<Pair> headers, @Nullable ObjectNode body) {
    EgressRequest.Body content =
        body == null
            ? null
            : new EgressRequest.Bytes(
                "application/json; charset=utf-8",
                body.toString().getBytes(StandardCharsets.UTF_8));
    try {
      return new Result.Answered(
          egress.sendHere(
              new EgressRequest(
                  body == null ? "GET" : "POST",
                  url,
                  headers,
                  content,
                  timeouts,
                  MAX_ANSWER,
                  true)));
    } catch (FlowException failed) {
      Failure failure = failed.failure();
      return new Result.Failed(
          failure.retryable()
              ? new Delivery.Later(failure.message(), failure.code().startsWith("Read"))
              : new Delivery.Never(failure.message()));
    }
  }

  /** How long a 429 asks to wait; a second where it does not say. */
  public static Duration retryAfter(EgressResponse response) {
    String after = response.header("retry-after", "");
    int seconds = after.matches("\\d{1,6}") ? Integer.parseInt(after) : 1;
    return Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_WAIT));
  }
}
