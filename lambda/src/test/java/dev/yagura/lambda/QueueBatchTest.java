package dev.yagura.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.lambda.StubYagura.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueBatchTest {
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
  void a_batch_that_went_through_has_no_failures() throws IOException {
    String batch =
        Findings.batch(
            Findings.event("a1"), Findings.notification(Findings.event("a2")), Findings.other());
    assertThat(function.invoke(batch)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(server.seen())
        .extracting(StubYagura.Seen::body)
        .containsExactlyInAnyOrder(Findings.event("a1"), Findings.event("a2"));
    assertThat(function.log)
        .hasSize(3)
        .allMatch(line -> line.contains("\"requestId\":\"req-1\""))
        .anyMatch(
            line -> line.contains("\"messageId\":\"m0\"") && line.contains("\"finding\":\"a1\""));
  }

  @Test
  void only_what_failed_goes_back_to_the_queue() throws IOException {
    server.always(
        request -> request.body().contains("busy") ? new Reply(500, "") : StubYagura.ACCEPTED);
    String batch =
        Findings.batch(
            Findings.event("a1"),
            "poison",
            Findings.event("busy"),
            Findings.other(),
            Findings.event("a2"));
    assertThat(function.invoke(batch))
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"},{\"itemIdentifier\":\"m2\"}]}");
    assertThat(function.log)
        .anyMatch(
            line ->
                line.contains("left to the queue's dead-letter queue")
                    && line.contains("\"messageId\":\"m1\"")
                    && line.contains("\"receives\":2"))
        .anyMatch(
            line ->
                line.contains("goes back to the queue") && line.contains("\"messageId\":\"m2\""));
  }

  @Test
  void what_the_server_refuses_is_left_to_the_dead_letter_queue() throws IOException {
    server.always(
        request ->
            request.body().contains("bad")
                ? Reply.error(400, "unusable_finding", "no")
                : StubYagura.ACCEPTED);
    assertThat(function.invoke(Findings.batch(Findings.event("bad"), Findings.event("a1"))))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}");
  }

  @Test
  void a_batch_of_which_nothing_went_through_is_thrown() {
    server.always(request -> new Reply(503, ""));
    assertThatThrownBy(
            () -> function.invoke(Findings.batch(Findings.event("a1"), Findings.event("a2"))))
        .isInstanceOf(NotDelivered.class)
        .hasMessage("none of the 2 messages was delivered");
  }

  @Test
  void a_slow_message_does_not_take_the_others_with_it() throws IOException {
    server.always(request -> request.body().contains("slow") ? Reply.SILENCE : StubYagura.ACCEPTED);
    assertThat(
            function
                .remaining(Duration.ofSeconds(4))
                .invoke(Findings.batch(Findings.event("slow"), Findings.event("a1"))))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}");
  }

  @Test
  void a_large_batch_goes_through_whole() throws IOException {
    String[] bodies =
        IntStream.range(0, 200).mapToObj(i -> Findings.event("a" + i)).toArray(String[]::new);
    assertThat(function.invoke(Findings.batch(bodies))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(server.seen())
        .extracting(StubYagura.Seen::body)
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(bodies));
  }

  @Test
  void an_empty_batch_is_answered() throws IOException {
    assertThat(function.invoke("{\"Records\":[]}")).isEqualTo("{\"batchItemFailures\":[]}");
  }

  @Test
  void a_message_that_could_not_be_named_is_thrown_before_anything_is_sent() {
    String batch = Findings.batch(Findings.event()).replace("\"messageId\":\"m0\",", "");
    assertThatThrownBy(() -> function.invoke(batch)).hasMessageContaining("no messageId");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void records_of_another_source_are_for_the_server_to_judge() throws IOException {
    server.always(request -> Reply.error(400, "unusable_finding", "no finding"));
    assertThat(function.invoke("{\"Records\":[{\"eventSource\":\"aws:s3\"}]}"))
        .contains("unusable");
  }
}
