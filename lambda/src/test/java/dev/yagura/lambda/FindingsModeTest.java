package dev.yagura.lambda;

import static dev.yagura.lambda.StubYagura.Reply.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.lambda.StubYagura.Reply;
import dev.yagura.lambda.StubYagura.Seen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsModeTest {
  private StubYagura server;
  private InvokedFunction function;

  @BeforeEach
  void start() throws IOException {
    server = new StubYagura();
    function = InvokedFunction.with(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void an_event_is_handed_over_as_it_came() throws IOException {
    assertThat(function.invoke(Findings.event())).isEqualTo("{\"outcome\":\"delivered\"}");
    assertThat(server.seen())
        .containsExactly(
            new Seen(
                "POST", "/v1/findings", "Bearer " + InvokedFunction.KEY, "", Findings.event()));
    assertThat(function.log)
        .singleElement()
        .asString()
        .isEqualTo(
            "{\"timestamp\":\"1970-01-01T00:00:00Z\",\"level\":\"INFO\",\"requestId\":\"req-1\","
                + "\"message\":\"accepted\",\"finding\":\"1ab92989eaf0e742df4a014d5a8e1234\","
                + "\"attempt\":1,\"ms\":0,\"status\":202}");
  }

  @Test
  void the_wrappings_of_sns_and_double_encoding_come_off() throws IOException {
    String event = Findings.event();
    for (String wrapped :
        new String[] {
          Findings.sns(event),
          Findings.sns(Findings.quoted(event)),
          Findings.notification(event),
          Findings.quoted(Findings.notification(event)),
          Findings.quoted(event)
        }) {
      assertThat(function.invoke(wrapped)).contains("delivered");
    }
    assertThat(server.seen()).hasSize(5).allMatch(seen -> seen.body().equals(event));
  }

  @Test
  void a_bare_finding_and_a_list_are_for_the_server_to_judge() throws IOException {
    function.invoke("{\"Id\":\"abc\",\"Type\":\"x\"}");
    function.invoke("{\"Findings\":[]}");
    function.invoke("[{}]");
    assertThat(server.seen())
        .extracting(Seen::body)
        .containsExactly("{\"Id\":\"abc\",\"Type\":\"x\"}", "{\"Findings\":[]}", "[{}]");
  }

  @Test
  void another_detail_type_is_ignored_with_a_line_that_names_it() throws IOException {
    assertThat(function.invoke(Findings.other())).isEqualTo("{\"outcome\":\"ignored\"}");
    assertThat(server.seen()).isEmpty();
    assertThat(function.log)
        .singleElement()
        .asString()
        .contains("\"message\":\"ignored: not a GuardDuty Finding\"")
        .contains("\"detailType\":\"GuardDuty Runtime Protection Unhealthy\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no json", "7", "true", "{\"detail-type\":\"GuardDuty Finding\"", "\"text\""})
  void what_is_no_event_is_dropped_with_a_line(String body) throws IOException {
    assertThat(function.invoke(body)).isEqualTo("{\"outcome\":\"unusable\"}");
    assertThat(server.seen()).isEmpty();
    assertThat(function.log)
        .singleElement()
        .asString()
        .contains("\"level\":\"ERROR\"", "unusable: the body is", "(expected: an event");
  }

  @Test
  void endless_wrapping_and_depth_end() throws IOException {
    String wrapped = Findings.event();
    for (int i = 0; i < 7; i++) {
      wrapped = Findings.quoted(wrapped);
    }
    assertThat(function.invoke(wrapped)).contains("unusable");
    assertThat(function.invoke("[".repeat(100_000))).contains("unusable");
    assertThat(function.log.getFirst()).contains("wrapped too often (expected: at most 5 times)");
  }

  @Test
  void what_the_server_calls_unusable_is_dropped_with_its_code() throws IOException {
    server.answers(
        error(400, "unusable_finding", "EVIL-ECHO is no severity"),
        error(413, "request_too_large", "too long"),
        new Reply(415, ""),
        new Reply(422, "<html>"));
    for (int i = 0; i < 4; i++) {
      assertThat(function.invoke(Findings.event())).isEqualTo("{\"outcome\":\"unusable\"}");
    }
    assertThat(server.seen()).hasSize(4);
    assertThat(function.log.getFirst())
        .contains("\"code\":\"unusable_finding\"", "\"status\":400", "refused");
  }

  @ParameterizedTest
  @CsvSource({
    "500, the server cannot answer now",
    "501, the server cannot answer now",
    "429, too many requests at once",
    "503, the server cannot answer now",
    "401, API_KEY is not known there",
    "403, API_KEY may not do this",
    "404, is HOST a Yagura server",
    "405, is HOST a Yagura server",
    "302, redirects are not followed",
    "200, is HOST a Yagura server?",
    "204, is HOST a Yagura server?",
    "400, are not ready for findings",
    "418, answer 418 (expected: 202)"
  })
  void everything_else_is_thrown_so_that_nothing_is_lost(int status, String says) {
    server.always(request -> new Reply(status, "", Map.of("Location", "/elsewhere")));
    assertThatThrownBy(() -> function.invoke(Findings.event()))
        .isInstanceOf(NotDelivered.class)
        .hasMessageContaining("answer " + status + " (expected: 202)")
        .hasMessageContaining(says);
    assertThat(server.seen()).allMatch(seen -> seen.path().equals("/v1/findings"));
    assertThat(function.log).singleElement().asString().contains("not delivered: answer " + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void a_moment_of_trouble_is_waited_out(int status) throws IOException {
    server.answers(new Reply(status, ""), new Reply(status, ""));
    assertThat(function.invoke(Findings.event())).contains("delivered");
    assertThat(function.pauses).containsExactly(Duration.ofMillis(250), Duration.ofSeconds(1));
    assertThat(function.log).singleElement().asString().contains("\"attempt\":3", "\"ms\":1250");
  }

  @Test
  void a_server_that_asks_for_patience_gets_it_where_it_is_short() throws IOException {
    server.answers(new Reply(429, "", Map.of("Retry-After", "4")));
    function.invoke(Findings.event());
    assertThat(function.pauses).containsExactly(Duration.ofSeconds(4));
    server.answers(new Reply(429, "", Map.of("Retry-After", "60")));
    assertThatThrownBy(() -> function.invoke(Findings.event())).isInstanceOf(NotDelivered.class);
    assertThat(server.seen()).hasSize(3);
  }

  @Test
  void a_connection_that_broke_is_made_again() throws IOException {
    server.answers(Reply.BROKEN);
    assertThat(function.invoke(Findings.event())).contains("delivered");
    assertThat(server.seen()).hasSize(2);
  }

  @Test
  void a_server_that_is_not_there_is_thrown_after_three_attempts() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    InvokedFunction alone = InvokedFunction.with(server, "HOST", "http://127.0.0.1:" + free);
    assertThatThrownBy(() -> alone.invoke(Findings.event()))
        .hasMessage("no answer: ConnectException");
    assertThat(alone.log).singleElement().asString().contains("\"attempt\":3");
  }

  @Test
  void a_silent_server_is_thrown_a_second_before_lambda_would_end_the_function() {
    server.always(request -> Reply.SILENCE);
    assertThatThrownBy(() -> function.remaining(Duration.ofMillis(1_150)).invoke(Findings.event()))
        .isInstanceOf(NotDelivered.class)
        .hasMessage("no answer in time");
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void no_time_left_is_thrown_at_once() {
    assertThatThrownBy(() -> function.remaining(Duration.ofMillis(900)).invoke(Findings.event()))
        .hasMessage("no answer in time");
  }

  @Test
  void no_pause_is_begun_that_the_time_does_not_suffice_for() {
    server.always(request -> new Reply(503, ""));
    assertThatThrownBy(() -> function.remaining(Duration.ofMillis(2_240)).invoke(Findings.event()))
        .hasMessageContaining("answer 503");
    assertThat(function.pauses).containsExactly(Duration.ofMillis(250));
  }

  @Test
  void neither_contents_nor_keys_are_in_the_log_or_in_what_is_thrown() throws IOException {
    String hostile = Findings.event("x\\n{\\\"level\\\":\\\"EVIL-ID\\\"}");
    server.answers(
        error(400, "unusable_finding", "EVIL-ECHO"),
        error(401, "EVIL CODE", "EVIL-ECHO"),
        error(400, "unusable_finding EVIL\\n", "EVIL-ECHO"));
    function.invoke(Findings.event());
    assertThatThrownBy(() -> function.invoke(hostile))
        .hasMessageNotContaining("EVIL")
        .hasMessageNotContaining("SECRET");
    function.invoke(hostile);
    function.invoke("{\"detail-type\":\"EVIL \\n type\",\"detail\":{}}");
    assertThat(function.log)
        .hasSize(4)
        .noneMatch(line -> line.contains("EVIL"))
        .noneMatch(line -> line.contains("SECRET"))
        .noneMatch(line -> line.contains("\n"));
  }
}
