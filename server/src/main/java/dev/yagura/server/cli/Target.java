package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.server.Engine;
import dev.yagura.server.Running;
import dev.yagura.server.config.Config;
import dev.yagura.server.http.AdminOperations;
import dev.yagura.server.http.Call;
import dev.yagura.server.http.Json;
import dev.yagura.server.http.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command works on: the server that runs on the data folder, or the folder itself where none
 * runs.
 */
final class Target implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(30);

  private final Config config;
  private final Optional<Running.Server> server;
  private @Nullable Engine engine;

  Target(Config config) {
    this.config = config;
    this.server = new Running(config.data()).find();
  }

  /** The server's address, where one runs. */
  Optional<String> url() {
    return server.map(Running.Server::url);
  }

  JsonNode get(String path) {
    return call("GET", path, null, null);
  }

  JsonNode post(String path, ObjectNode body) {
    return call("POST", path, body, null);
  }

  JsonNode put(String path, @Nullable Path file) {
    return call("PUT", path, null, file);
  }

  JsonNode delete(String path) {
    return call("DELETE", path, null, null);
  }

  private JsonNode call(
      String method, String path, @Nullable ObjectNode body, @Nullable Path file) {
    if (engine == null && server.isPresent()) {
      try {
        return remote(server.get(), method, path, body, file);
      } catch (ConnectException notThere) {
        // It has died without a word: the folder is free.
        new Running(config.data()).forget();
      }
    }
    return local(method, path, body, file);
  }

  private static ObjectNode answer(Running.Server from, HttpResponse<byte[]> response) {
    try {
      return Json.read(response.body());
    } catch (FlowException none) {
      throw new FlowException(
          Failure.upstream(
              "ServerBroken",
              from.url()
                  + " answered "
                  + response.statusCode()
                  + " without a reason (expected: JSON; the log of the server may say more)",
              false),
          none);
    }
  }

  private static JsonNode remote(
      Running.Server to, String method, String path, @Nullable ObjectNode body, @Nullable Path file)
      throws ConnectException {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      HttpRequest.BodyPublisher content = HttpRequest.BodyPublishers.noBody();
      if (body != null) {
        content = HttpRequest.BodyPublishers.ofString(body.toString());
      } else if (file != null) {
        content = HttpRequest.BodyPublishers.ofFile(file);
      }
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(URI.create(to.url() + "/api" + path))
                  .header("Authorization", "Bearer " + to.token().reveal())
                  .timeout(DEADLINE)
                  .method(method, content)
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      ObjectNode answer = answer(to, response);
      if (response.statusCode() / 100 != 2) {
        throw Failure.user(answer.path("code").asText(), answer.path("message").asText("no answer"))
            .asException();
      }
      return answer;
    } catch (ConnectException notThere) {
      throw notThere;
    } catch (IOException broken) {
      throw new FlowException(
          Failure.upstream(
              "ServerUnreachable",
              to.url() + ": " + broken.getMessage() + " (expected: a running server)",
              true),
          broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new FlowException(Failure.internal("Interrupted", "interrupted"), stopped);
    }
  }

  private JsonNode local(
      String method, String path, @Nullable ObjectNode body, @Nullable Path file) {
    if (engine == null) {
      engine = Engine.open(config);
      engine.openKnowledge();
    }
    String plain = path.replaceAll("\\?.*", "");
    for (Operation operation : new AdminOperations(engine).all()) {
      Map<String, String> parameters = match(operation.path(), plain);
      if (operation.method().equals(method) && parameters != null) {
        try (InputStream content =
            file == null ? new ByteArrayInputStream(new byte[0]) : Files.newInputStream(file)) {
          return operation.handler().handle(new LocalCall(parameters, query(path), body, content));
        } catch (IOException broken) {
          throw Inputs.unreadable(String.valueOf(file), "cannot be read", broken);
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          throw new FlowException(Failure.internal("Interrupted", "interrupted"), stopped);
        }
      }
    }
    throw new IllegalStateException("no operation " + method + " " + plain);
  }

  private static @Nullable Map<String, String> match(String pattern, String path) {
    String[] parts = pattern.split("/");
    String[] given = path.split("/");
    if (parts.length != given.length) {
      return null;
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < parts.length; i++) {
      String value = URLDecoder.decode(given[i].replace("+", "%2B"), StandardCharsets.UTF_8);
      if (parts[i].startsWith("{")) {
        parameters.put(parts[i].substring(1, parts[i].length() - 1), value);
      } else if (!parts[i].equals(value)) {
        return null;
      }
    }
    return parameters;
  }

  private static Map<String, String> query(String path) {
    Map<String, String> query = new HashMap<>();
    int mark = path.indexOf('?');
    if (mark >= 0) {
      for (String pair : path.substring(mark + 1).split("&")) {
        String[] sides = pair.split("=", 2);
        query.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  /** A call from the command line on the folder itself. */
  private record LocalCall(
      Map<String, String> parameters,
      Map<String, String> asked,
      @Nullable ObjectNode body,
      InputStream bytes)
      implements Call {
    @Override
    public String path(String name) {
      return parameters.getOrDefault(name, "");
    }

    @Override
    public String query(String name, String fallback) {
      String value = asked.get(name);
      return value == null || value.isEmpty() ? fallback : value;
    }

    @Override
    public ObjectNode json() {
      return body == null ? Json.object() : body;
    }
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
