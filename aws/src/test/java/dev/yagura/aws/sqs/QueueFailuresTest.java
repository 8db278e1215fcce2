package dev.yagura.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aws.sqs.QueueStatus.State;
import dev.yagura.base.Problem;
import dev.yagura.connect.intake.Taken;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.sqs.model.Message;

/** What people are told where a role, a token or a queue is in the way. */
@Timeout(60)
class QueueFailuresTest {
  private RefusingSqs sqs;
  private final SqsClients clients = new SqsClients(AnonymousCredentialsProvider.create());

  @BeforeEach
  void begin() throws IOException {
    sqs = new RefusingSqs();
  }

  @AfterEach
  void end() {
    clients.close();
    sqs.close();
  }

  private QueueSettings settings() {
    return QueueSettings.parse(sqs.queue(), sqs.endpoint());
  }

  private QueueIntake intake() {
    return new QueueIntake(
        settings(), clients, 1, new RememberingSink(), InstantSource.system(), Timing.DEFAULT);
  }

  private SqsQueue queue() {
    return new SqsQueue(
        () -> clients.client(settings()),
        settings().url(),
        Troubles.silent(InstantSource.system()),
        Timing.DEFAULT);
  }

  @Test
  void a_role_that_may_not_receive_is_told_which_permission_is_missing() {
    sqs.errors.put("ReceiveMessage", "AccessDenied");
    try (QueueIntake intake = intake()) {
      intake.start();
      while (intake.status().state() != State.FAILING) {
        Thread.onSpinWait();
      }
      assertThat(intake.status().error())
          .contains("queue findings: sqs:ReceiveMessage is not allowed")
          .contains("expected: a policy that allows it to this role");
    }
  }

  @Test
  void the_check_names_all_permissions_that_are_missing() throws Exception {
    sqs.errors.put("DeleteMessageBatch", "AccessDenied");
    sqs.errors.put("ChangeMessageVisibilityBatch", "AccessDenied");
    QueueDepth depth = intake().ask();
    assertThat(depth.waiting()).isEqualTo(3);
    assertThat(depth.deadLetters()).isEqualTo("dead");
    assertThat(depth.missing()).hasSize(2);
    assertThat(depth.missing().get(0)).contains("sqs:DeleteMessage is not allowed");
    assertThat(depth.missing().get(1)).contains("sqs:ChangeMessageVisibility is not allowed");
    sqs.errors.put("GetQueueAttributes", "AccessDenied");
    QueueDepth blind = intake().ask();
    assertThat(blind.waiting()).isNull();
    assertThat(blind.missing().getFirst()).contains("sqs:GetQueueAttributes is not allowed");
  }

  @Test
  void an_expired_token_a_key_of_kms_and_a_queue_that_is_gone_are_named() {
    Map<String, String> said =
        Map.of(
            "ExpiredToken", "the credentials are not accepted",
            "KMS.AccessDeniedException", "kms:Decrypt is not allowed",
            "AWS.SimpleQueueService.NonExistentQueue", "queue findings is not there");
    said.forEach(
        (code, text) -> {
          sqs.errors.put("ReceiveMessage", code);
          assertThatThrownBy(() -> queue().receive(1)).hasMessageContaining(text);
        });
  }

  @Test
  void dead_letters_that_may_not_be_sent_to_leave_the_message_where_it_is() {
    sqs.errors.put("SendMessage", "AccessDenied");
    try (QueueIntake intake = intake()) {
      intake.start();
      while (intake.status().totals().unburied() == 0) {
        Thread.onSpinWait();
      }
      assertThat(intake.status().error()).contains("queue dead: sqs:SendMessage is not allowed");
      assertThat(intake.status().totals().refused()).isZero();
    }
  }

  @Test
  void a_reason_that_does_not_fit_beside_the_body_is_left_out() throws Exception {
    sqs.attributesAreTooLong = true;
    SqsQueue source = queue();
    URI dead = URI.create(sqs.endpoint() + "/123456789012/dead");
    var letters = new DeadLetters(source, dead, InstantSource.system());
    Message message = Message.builder().messageId("m1").body("a long body").build();
    var taken =
        new Taken(0, 0, List.of(Problem.error("no-finding", "none", Problem.Place.NOWHERE)));
    assertThat(letters.bury(letters.find().orElseThrow(), message, taken)).isFalse();
    assertThat(sqs.sent).hasSize(2);
    assertThat(sqs.sent.poll().path("MessageAttributes").path("ERROR_CODE").path("StringValue"))
        .hasToString("\"no-finding\"");
    assertThat(sqs.sent.poll().path("MessageBody").asText()).isEqualTo("a long body");
  }
}
