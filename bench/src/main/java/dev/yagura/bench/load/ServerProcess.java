package dev.yagura.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.server.Running;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code yagura serve} in a process of its own, as people run it. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path home;
  private final Path data;
  private final List<String> settings;
  private final Map<String, String> environment;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private @Nullable Process process;

  /**
   * @param home of the checkout
   * @param settings {@code key=value} of the configuration
   */
  ServerProcess(Path home, Path data, List<String> settings) throws IOException {
    this(home, data, settings, Map.of());
  }

  /**
   * @param environment added to that of this process
   */
  ServerProcess(Path home, Path data, List<String> settings, Map<String, String> environment)
      throws IOException {
    this.environment = environment;
    this.home = home;
    this.data = data;
    this.settings = settings;
    try (var free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Starts it; gives the time until it is ready. */
  Duration start() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("yagura").toString(), "serve"));
    command.addAll(List.of("--data", data.toString(), "--set", "bind=127.0.0.1:" + port));
    settings.forEach(setting -> command.addAll(List.of("--set", setting)));
    long began = System.nanoTime();
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process started =
        builder
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(data.resolveSibling("serve.log").toFile()))
            .start();
    process = started;
    while (!isReady()) {
      if (!started.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "the server does not start:\n" + Files.readString(data.resolveSibling("serve.log")));
      }
      Thread.sleep(5);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private boolean isReady() throws InterruptedException {
    try {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create(url() + "/readyz")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("no server runs");
    }
    return process;
  }

  long pid() {
    return running().pid();
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    running().destroyForcibly().waitFor();
  }

  /** Ends it as an administrator does. */
  void stop() throws InterruptedException {
    running().destroy();
    if (!running().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Anonymous memory in MiB, as Linux counts it ({@code RssAnon}). */
  long memory() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  /** The administrator's API. */
  JsonNode admin(String path, @Nullable ObjectNode body) throws IOException, InterruptedException {
    Running.Server server = new Running(data).find().orElseThrow();
    var request =
        HttpRequest.newBuilder(URI.create(url() + "/api" + path))
            .header("Authorization", "Bearer " + server.token().reveal());
    HttpResponse<String> answer =
        client.send(
            (body == null
                    ? request
                    : request.POST(HttpRequest.BodyPublishers.ofString(body.toString())))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return new JsonMapper().readTree(answer.body());
  }

  /** Imports and publishes a workflow; gives a key of it. */
  String publish(Path dsl) throws IOException, InterruptedException {
    JsonMapper json = new JsonMapper();
    JsonNode made =
        admin(
            "/workflows",
            json.createObjectNode()
                .put("dsl", Files.readString(dsl))
                .put("source", dsl.getFileName().toString())
                .put("publish", true));
    String id = made.path("id").asText(made.path("workflow").path("id").asText());
    return admin("/keys", json.createObjectNode().put("kind", "app").put("workflow", id))
        .path("token")
        .asText();
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null && process.isAlive()) {
      stop();
    }
    client.close();
  }
}
