package dev.yagura.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.yagura.base.FlowException;
import dev.yagura.egress.EgressClient;
import dev.yagura.egress.EgressRules;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Value;
import dev.yagura.knowledge.Knowledge;
import dev.yagura.model.Deadlines;
import dev.yagura.model.Models;
import dev.yagura.node.http.HttpRequestNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the node sends, and what it makes of answers. */
class HttpRequestNodeTest {
  private final List<String> seen = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String type = "application/json";
  private byte[] answer = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + body);
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Outcome.Done run(FakeCall call, Object... config) {
    var services =
        new Services(
            new Floor(Catalogue.load()),
            Models.NONE,
            Knowledge.NONE,
            new EgressClient(new EgressRules(List.of("127.0.0.1"), Set.of(80, 443))),
            FileShelf.NONE,
            Deadlines.DEFAULT);
    return call.run(new HttpRequestNode(services), Value.object(config));
  }

  @Test
  void sends_what_the_file_says_with_references_replaced() {
    Outcome.Done done =
        run(
            FakeCall.with("s.id", "550e8400-e29b-41d4-a716-446655440000", "s.n", 42),
            "method",
            "post",
            "url",
            url() + "/x",
            "headers",
            "aa\n cc : dd\n\n",
            "params",
            "q:{{#s.n#}}\nq:ü",
            "authorization",
            Value.object(
                "type", "api-key", "config", Value.object("type", "bearer", "api_key", "k-1")),
            "body",
            Value.object(
                "type",
                "json",
                "data",
                List.of(
                    Value.object(
                        "type", "text", "value", "{\"id\": {{#s.id#}}, 'n': {{#s.n#}},}"))));
    assertThat(seen)
        .containsExactly(
            "POST /x?q=42&q=%C3%BC Bearer k-1 application/json"
                + " {\"id\":\"550e8400-e29b-41d4-a716-446655440000\",\"n\":42}");
    assertThat(done.outputs().get("status_code")).isEqualTo(Value.integer(200));
    assertThat(done.outputs().get("body")).isEqualTo(Value.text("{\"a\":1}"));
    assertThat(done.trace().toString()).contains("Authorization: **********").doesNotContain("k-1");
  }

  @Test
  void sends_forms() {
    run(
        FakeCall.with("s.v", "a b&c"),
        "method",
        "POST",
        "url",
        url(),
        "body",
        Value.object(
            "type",
            "x-www-form-urlencoded",
            "data",
            List.of(Value.object("key", "k", "type", "text", "value", "{{#s.v#}}"))));
    assertThat(seen.getFirst()).endsWith("application/x-www-form-urlencoded k=a+b%26c");
  }

  @ParameterizedTest
  @CsvSource({"429", "500", "502", "503", "504"})
  void fails_where_the_service_means_later(int code) {
    status = code;
    assertThatThrownBy(() -> run(FakeCall.with(), "url", url()))
        .hasMessage("Reached maximum retries (0) for URL " + url());
  }

  @ParameterizedTest
  @CsvSource({"400", "404", "501"})
  void gives_other_answers_as_they_are(int code) {
    status = code;
    assertThat(run(FakeCall.with(), "url", url()).outputs().get("status_code"))
        .isEqualTo(Value.integer(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ftp://x", "example.com"})
  void refuses_what_is_no_url(String url) {
    assertThatThrownBy(() -> run(FakeCall.with(), "url", url)).hasMessageContaining("url ");
  }

  @Test
  void refuses_what_is_inside() {
    assertThatThrownBy(
            () -> run(FakeCall.with("f.url", "http://169.254.169.254/"), "url", "{{#f.url#}}"))
        .isInstanceOfSatisfying(
            FlowException.class,
            refused -> assertThat(refused.failure().code()).isEqualTo("EgressRefused"));
  }

  @Test
  void bounds_what_it_reads() {
    answer = new byte[(1 << 20) + 1];
    type = "text/plain";
    assertThatThrownBy(() -> run(FakeCall.with(), "url", url()))
        .hasMessage("Text size is too large, max size is 1.00 MB, but current size is 1.00 MB.");
  }

  @Test
  void a_blank_key_is_no_key() {
    assertThatThrownBy(
            () ->
                run(
                    FakeCall.with(),
                    "url",
                    url(),
                    "authorization",
                    Value.object("type", "api-key", "config", Value.object("api_key", " "))))
        .hasMessageStartingWith("API key is required for authorization but was empty.");
  }
}
