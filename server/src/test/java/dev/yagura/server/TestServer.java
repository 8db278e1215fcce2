package dev.yagura.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.aws.testkit.BedrockStub;
import dev.yagura.server.app.App;
import dev.yagura.server.app.Keys;
import dev.yagura.server.app.ModelRegistry;
import dev.yagura.server.config.Config;
import dev.yagura.server.config.ConfigReader;
import dev.yagura.server.config.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A server on the loopback address over a folder, with something that stands in for Slack. */
public final class TestServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final SlackStandIn slack = new SlackStandIn();
  private final HttpClient client = HttpClient.newHttpClient();
  private final YaguraServer server;

  public TestServer(Path folder, Map<Key, String> more) {
    JsonLog.off();
    Map<Key, String> options = new EnumMap<>(Key.class);
    options.put(Key.BIND, "127.0.0.1:0");
    options.put(Key.DATA, folder.resolve("data").toString());
    options.put(Key.EGRESS_ALLOW, "127.0.0.1");
    options.put(Key.STOP_SECONDS, "1");
    options.putAll(more);
    Config config = ConfigReader.read(null, Map.of(), options);
    server = YaguraServer.start(config);
    server.engine().alerts().slack().set(slack.url());
    server.engine().openKnowledge();
  }

  public Engine engine() {
    return server.engine();
  }

  public SlackStandIn slack() {
    return slack;
  }

  public String url() {
    return server.url();
  }

  public String adminToken() {
    return server.address().token().reveal();
  }

  /** Registers what stands in for Bedrock, and makes its model the system's. */
  public void useBedrock(BedrockStub bedrock, String model) {
    engine()
        .models()
        .register(
            "bedrock",
            Map.of(
                "region",
                "ap-northeast-1",
                "endpoint-url",
                bedrock.url(),
                "access-key-id",
                "AKIDEXAMPLE",
                "secret-access-key",
                "an-example-secret"),
            List.of());
    engine().models().system(ModelRegistry.Kind.CHAT, "bedrock", model);
  }

  /** Imports and publishes a workflow, and gives a key of it. */
  public String publish(String dsl) {
    App app = engine().apps().add("test.yml", dsl, Map.of(), Map.of()).app();
    engine().apps().publish(app);
    return engine().keys().make(Keys.Kind.APP, app.id()).token();
  }

  /** An answer with its JSON. */
  public record Answer(int status, String text, HttpResponse<String> whole) {
    public JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException noJson) {
        throw new UncheckedIOException(noJson);
      }
    }
  }

  public Answer post(String path, String key, String body, String... headers) {
    return send("POST", path, key, body, headers);
  }

  public Answer get(String path, String key) {
    return send("GET", path, key, null);
  }

  public Answer send(String method, String path, String key, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    server.close();
    client.close();
    slack.close();
  }
}
