package dev.yagura.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.base.FlowException;
import dev.yagura.model.ChatAnswer;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest;
import dev.yagura.model.ChatRequest.Message;
import dev.yagura.model.ChatRequest.Role;
import dev.yagura.model.Deadlines;
import dev.yagura.model.TokenListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every chat model keeps to, whatever its provider does. */
public abstract class ChatModelContract {
  /** What the stand-in says when it answers, in two pieces. */
  public static final List<String> PIECES = List.of("Port 22 was probed. ", "ポートが探索されました。");

  private static final Deadlines SHORT =
      new Deadlines(Duration.ofSeconds(2), Duration.ofMillis(700), Duration.ofMillis(1500));

  /** A model whose provider does this. */
  protected abstract ChatModel model(Behaviour behaviour);

  protected static ChatRequest request(Deadlines deadlines) {
    return new ChatRequest(
        List.of(new Message(Role.SYSTEM, "Be brief."), new Message(Role.USER, "What happened?")),
        Map.of("max_tokens", 100, "temperature", 0.5, "no_such_parameter", "x"),
        List.of("END"),
        null,
        deadlines);
  }

  @Test
  void answers_piece_by_piece() throws InterruptedException {
    List<String> heard = new ArrayList<>();
    ChatAnswer answer = model(Behaviour.ANSWERS).chat(request(Deadlines.DEFAULT), heard::add);
    assertThat(answer.text()).isEqualTo(String.join("", PIECES));
    assertThat(heard).isEqualTo(PIECES);
    assertThat(answer.usage().promptTokens()).isEqualTo(12);
    assertThat(answer.usage().completionTokens()).isEqualTo(34);
    assertThat(answer.usage().firstToken()).isLessThanOrEqualTo(answer.usage().total());
    assertThat(answer.reasoning()).isEmpty();
  }

  @Test
  void keeps_thoughts_apart() throws InterruptedException {
    ChatAnswer answer =
        model(Behaviour.THINKS_FIRST).chat(request(Deadlines.DEFAULT), TokenListener.NONE);
    assertThat(answer.text()).isEqualTo(String.join("", PIECES));
    assertThat(answer.reasoning()).isEqualTo("Let me think.");
  }

  @ParameterizedTest
  @CsvSource({
    "EMPTY, ModelAnswerEmpty, true",
    "CUT, ModelAnswerCut, false",
    "FILTERED, ModelRefused, false",
    "THROTTLED, InvokeRateLimitError, true",
    "DENIED, InvokeAuthorizationError, false",
    "WRONG_REQUEST, InvokeBadRequestError, false",
    "DOWN, InvokeServerUnavailableError, true",
    "SILENT, ModelTimeout, true",
    "NEVER_ENDS, ModelTimeout, true",
    "TOO_LONG, ModelAnswerTooLong, false"
  })
  void names_what_went_wrong(Behaviour behaviour, String code, boolean retryable) {
    boolean waits = behaviour == Behaviour.SILENT || behaviour == Behaviour.NEVER_ENDS;
    assertThatThrownBy(
            () ->
                model(behaviour)
                    .chat(request(waits ? SHORT : Deadlines.DEFAULT), TokenListener.NONE))
        .isInstanceOfSatisfying(
            FlowException.class,
            failed -> {
              assertThat(failed.failure().code()).isEqualTo(code);
              assertThat(failed.failure().retryable()).isEqualTo(retryable);
              assertThat(failed.failure().message()).isNotBlank().hasSizeLessThan(900);
            });
  }

  @Test
  void an_answer_that_is_no_utf8_is_readable_or_named() throws InterruptedException {
    String text;
    try {
      text =
          model(Behaviour.INVALID_UTF8).chat(request(Deadlines.DEFAULT), TokenListener.NONE).text();
    } catch (FlowException named) {
      text = named.failure().message();
    }
    assertThat(text).isNotBlank();
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"BREAKS_OFF", "GARBAGE"})
  void half_an_answer_is_none(Behaviour behaviour) {
    assertThatThrownBy(() -> model(behaviour).chat(request(Deadlines.DEFAULT), TokenListener.NONE))
        .isInstanceOfSatisfying(
            FlowException.class,
            failed ->
                assertThat(failed.failure().code())
                    .isIn(
                        "InvokeServerUnavailableError",
                        "InvokeConnectionError",
                        "ModelAnswerUnreadable",
                        "ModelAnswerEmpty"));
  }
}
