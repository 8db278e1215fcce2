package dev.yagura.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.yagura.base.FlowException;
import dev.yagura.egress.EgressRequest.Pair;
import dev.yagura.egress.EgressRequest.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that try to reach what is inside (server-side request forgery), and requests that may.
 */
class EgressClientTest {
  private static final Timeouts TIMES =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5));

  private final List<String> seen = new ArrayList<>();
  private HttpServer inside;
  private int port;

  @BeforeEach
  void serve() throws IOException {
    inside = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    port = inside.getAddress().getPort();
    inside.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          String path = exchange.getRequestURI().getPath();
          if (path.equals("/loop")) {
            exchange.getResponseHeaders().add("Location", "/loop");
            exchange.sendResponseHeaders(302, -1);
          } else if (path.startsWith("/to/")) {
            exchange.getResponseHeaders().add("Location", exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(302, -1);
          } else {
            byte[] body =
                "x".repeat(path.equals("/long") ? 5000 : 5).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    inside.start();
  }

  @AfterEach
  void stop() {
    inside.stop(0);
  }

  private static EgressRequest get(String url) {
    return new EgressRequest(
        "GET", url, List.of(new Pair("Authorization", "Bearer k")), null, TIMES, 1000, true);
  }

  private EgressRules everyPort() {
    return new EgressRules(List.of(), Set.of(80, 443, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/",
        "http://localhost:PORT/",
        "http://2130706433:PORT/",
        "http://0177.0.0.1:PORT/",
        "http://0x7f.0.0.1:PORT/",
        "http://0x7f000001:PORT/",
        "http://127.1:PORT/",
        "http://[::1]:PORT/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://[::ffff:7f00:1]:PORT/",
        "http://[::127.0.0.1]:PORT/",
        "http://[64:ff9b::7f00:1]:PORT/",
        "http://[2002:7f00:1::]:PORT/",
        "http://0.0.0.0:PORT/",
        "http://[::]:PORT/",
        "http://169.254.169.254/latest/meta-data/",
        "http://169.254.170.2/v2/credentials",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.100.100.200/",
        "http://user:password@example.com/",
        "http://user@127.0.0.1:PORT/",
        "http://１２７.０.０.１:PORT/",
        "http://127.0.0.1:22/",
        "http://example.com:6379/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:PORT/",
        "//127.0.0.1/",
        ""
      })
  void refuses_what_is_inside(String url) {
    try (var client = new EgressClient(everyPort())) {
      assertThatThrownBy(() -> client.send(get(url.replace("PORT", String.valueOf(port)))))
          .isInstanceOfSatisfying(
              FlowException.class,
              refused -> {
                assertThat(refused.failure().code()).isEqualTo("EgressRefused");
                assertThat(refused.failure().message()).contains("(expected: ");
              });
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void looks_at_the_address_that_is_connected_and_not_at_an_earlier_answer() throws Exception {
    Deque<InetAddress> answers = new ArrayDeque<>();
    answers.add(InetAddress.ofLiteral("93.184.216.34"));
    answers.add(InetAddress.ofLiteral("127.0.0.1"));
    try (var client =
        new EgressClient(
            everyPort(),
            host -> List.of(answers.size() > 1 ? answers.poll() : answers.element()))) {
      answers.poll();
      assertThatThrownBy(() -> client.send(get("http://rebind.example:" + port + "/")))
          .hasMessageContaining("127.0.0.1 is refused by the rule egress.private (loopback)");
    }
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/",
        "http://[::ffff:10.0.0.1]/",
        "http://u:p@example.com/",
        "file:///etc/passwd",
        "http://127.0.0.1:1/"
      })
  void checks_every_redirect(String location) {
    var rules = new EgressRules(List.of("start.example:" + port), Set.of(80, 443));
    try (var client =
        new EgressClient(rules, host -> List.of(InetAddress.ofLiteral("127.0.0.1")))) {
      assertThatThrownBy(
              () -> client.send(get("http://start.example:" + port + "/to/?" + location)))
          .isInstanceOfSatisfying(
              FlowException.class,
              refused -> assertThat(refused.failure().code()).isEqualTo("EgressRefused"));
    }
    assertThat(seen).hasSize(1);
  }

  @Test
  void a_listed_name_does_not_open_the_door_for_others() {
    var rules = new EgressRules(List.of("runbooks.internal:" + port), Set.of(80, 443, port));
    try (var client =
        new EgressClient(rules, host -> List.of(InetAddress.ofLiteral("127.0.0.1")))) {
      assertThat(client.send(get("http://runbooks.internal:" + port + "/")).status())
          .isEqualTo(200);
      assertThatThrownBy(() -> client.send(get("http://other.internal:" + port + "/")))
          .hasMessageContaining("egress.private");
    }
  }

  @Test
  void credentials_do_not_follow_to_another_host() {
    var rules = new EgressRules(List.of("127.0.0.0/8"), Set.of(80, 443));
    try (var client = new EgressClient(rules)) {
      client.send(get("http://127.0.0.1:" + port + "/to/?http://127.0.0.2:" + port + "/end"));
    } catch (FlowException notReachable) {
      assertThat(notReachable.failure().code()).isEqualTo("ConnectError");
    }
    try (var client = new EgressClient(rules)) {
      client.send(get("http://127.0.0.1:" + port + "/to/?/same"));
    }
    assertThat(seen)
        .contains("GET /same Bearer k")
        .noneMatch(line -> line.equals("GET /end Bearer k"));
  }

  @Test
  void bounds_redirects_and_answers() {
    var rules = new EgressRules(List.of("127.0.0.1"), Set.of(80));
    try (var client = new EgressClient(rules)) {
      String self = "http://127.0.0.1:" + port;
      assertThatThrownBy(() -> client.send(get(self + "/loop"))).hasMessageContaining("redirects");
      assertThatThrownBy(() -> client.send(get(self + "/long")))
          .hasMessageContaining("longer than 1000 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ht tp", "10.0.0.0/99", "*", "a b", "http://x/"})
  void a_list_entry_that_is_none_is_named(String entry) {
    assertThatThrownBy(() -> new EgressRules(List.of(entry), Set.of(80)))
        .hasMessageContaining("'" + entry + "' is no target");
  }
}
