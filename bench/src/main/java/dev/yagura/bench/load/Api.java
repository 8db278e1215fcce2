package dev.yagura.bench.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/** The workflow API of a server (Dify's, {@code POST /v1/workflows/run}). */
final class Api {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final String url;

  /**
   * @param url without a slash at its end
   */
  Api(String url) {
    this.url = url;
  }

  private HttpRequest run(String key, String finding, String mode) {
    String body =
        JSON.createObjectNode()
            .put("response_mode", mode)
            .put("user", "bench")
            .set("inputs", JSON.createObjectNode().put("finding", finding))
            .toString();
    return HttpRequest.newBuilder(URI.create(url + "/v1/workflows/run"))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .timeout(DEADLINE)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** Runs and waits for the end. */
  void blocking(String key, String finding, Times times) throws InterruptedException {
    long began = System.nanoTime();
    try {
      HttpResponse<String> answer =
          client.send(run(key, finding, "blocking"), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200 && answer.body().contains("\"succeeded\"")) {
        times.add(System.nanoTime() - began);
      } else {
        times.wrong(answer.statusCode() + " " + start(answer.body()));
      }
    } catch (IOException broken) {
      times.wrong(broken.toString());
    }
  }

  /** Runs; the time is that until the first event, and the events are read to their end. */
  void streaming(String key, String finding, Times times, Runnable first)
      throws InterruptedException {
    long began = System.nanoTime();
    try {
      HttpResponse<java.io.InputStream> answer =
          client.send(run(key, finding, "streaming"), HttpResponse.BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        read(answer.statusCode(), lines, times, began, first);
      }
    } catch (IOException broken) {
      times.wrong(broken.toString());
    }
  }

  private static void read(
      int status, BufferedReader lines, Times times, long began, Runnable first)
      throws IOException {
    boolean any = false;
    boolean finished = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!any && line.startsWith("data:")) {
        any = true;
        times.add(System.nanoTime() - began);
        first.run();
      }
      finished |= line.contains("\"workflow_finished\"") && line.contains("\"succeeded\"");
    }
    if (!finished) {
      times.wrong(status + " and no workflow_finished with success");
    }
  }

  private static String start(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
