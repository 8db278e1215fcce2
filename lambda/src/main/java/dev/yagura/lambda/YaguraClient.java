package dev.yagura.lambda;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the server. The HTTP client lives as long as the execution environment: nothing is
 * opened when it is made, so that a snapshot holds no connection, and connections stay for the next
 * invocation.
 */
final class YaguraClient {
  /** Most bytes of an answer; a run's outputs are in it. */
  private static final int MAX_ANSWER = 16 << 20;

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Before the second and the third attempt. Longer troubles are for AWS to wait out. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(250), Duration.ofSeconds(1));

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();
  private final Settings settings;
  private final Timing timing;

  YaguraClient(Settings settings, Timing timing) {
    this.settings = settings;
    this.timing = timing;
  }

  /**
   * Posts JSON; a second and a third time where the connection broke or the server asked for
   * patience, which the server can tell from a new request by the identity of the finding.
   *
   * @param key the Idempotency-Key, or null
   * @throws NotDelivered where no answer came in time
   */
  Answer post(String path, String body, @Nullable String key, Deadline deadline)
      throws InterruptedException {
    HttpRequest request = request(path, body, key);
    long began = timing.nanos();
    for (int attempt = 1; ; attempt++) {
      boolean last = attempt > PAUSES.size();
      Duration pause = last ? Duration.ZERO : PAUSES.get(attempt - 1);
      try {
        HttpResponse<byte[]> response = send(request, deadline);
        Duration asked = retryAfter(response);
        pause = asked.compareTo(pause) > 0 ? asked : pause;
        if (last || !PASSING.contains(response.statusCode()) || !isTimeFor(pause, deadline)) {
          return answer(response, attempt, since(began));
        }
      } catch (TimeoutException late) {
        throw new NotDelivered("no answer in time", numbers(attempt, began));
      } catch (IOException broken) {
        if (last || !isTimeFor(pause, deadline)) {
          throw new NotDelivered(
              "no answer: " + broken.getClass().getSimpleName(), numbers(attempt, began));
        }
      }
      timing.pause(pause);
    }
  }

  private HttpRequest request(String path, String body, @Nullable String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.base().resolve(path))
            .header("Authorization", "Bearer " + settings.apiKey())
            .header("Content-Type", "application/json")
            .header("User-Agent", "yagura-lambda")
            .POST(BodyPublishers.ofString(body));
    return (key == null ? request : request.header("Idempotency-Key", key)).build();
  }

  /** The deadline is for the whole answer; the client's own timeout ends with the headers. */
  private HttpResponse<byte[]> send(HttpRequest request, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
    try {
      return answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed);
    } finally {
      answer.cancel(true);
    }
  }

  private Map<String, Long> numbers(int attempt, long began) {
    return Map.of("attempt", (long) attempt, "ms", since(began));
  }

  /** Milliseconds. */
  private long since(long began) {
    return (timing.nanos() - began) / 1_000_000;
  }

  private static boolean isTimeFor(Duration pause, Deadline deadline) {
    return pause.compareTo(LONGEST_PAUSE) <= 0 && pause.compareTo(deadline.left()) < 0;
  }

  private static Duration retryAfter(HttpResponse<byte[]> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .orElse(Duration.ZERO);
  }

  private static Answer answer(HttpResponse<byte[]> response, int attempt, long millis) {
    JsonObject body =
        Json.parse(new String(response.body(), StandardCharsets.UTF_8))
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .orElseGet(JsonObject::new);
    return new Answer(response.statusCode(), body, attempt, millis);
  }
}
