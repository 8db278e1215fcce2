package dev.yagura.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.model.RerankModel;
import dev.yagura.model.RerankModel.Ranking;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every model that reranks keeps to, whatever its provider does. */
public abstract class RerankModelContract {
  private static final List<String> TEXTS =
      List.of("Close the bucket.", "Which port was probed: port 22.", "Rotate the access key.");

  /** A model whose provider does this; it waits {@link Failing#PATIENCE} for a silent one. */
  protected abstract RerankModel model(Behaviour behaviour);

  private Ranking rank(Behaviour behaviour) throws InterruptedException {
    return model(behaviour).rank("which port was probed", TEXTS);
  }

  @Test
  void is_named_after_provider_and_model() {
    assertThat(model(Behaviour.ANSWERS).name()).matches("[a-z]+/\\S+");
  }

  @Test
  void scores_are_in_the_order_of_the_texts() throws InterruptedException {
    List<Double> scores = rank(Behaviour.ANSWERS).scores();
    assertThat(scores).hasSize(3).allMatch(score -> score >= 0 && score <= 1);
    assertThat(scores.get(1)).isGreaterThan(scores.get(0)).isGreaterThan(scores.get(2));
  }

  @Test
  void takes_as_much_as_it_says() throws InterruptedException {
    RerankModel model = model(Behaviour.ANSWERS);
    String longest = "port ".repeat(model.maxCharacters() / 5);
    List<String> texts = Collections.nCopies(model.maxTexts(), longest);
    assertThat(model.rank(longest.repeat(2), texts).scores()).hasSize(model.maxTexts());
  }

  @Test
  void no_texts_have_no_scores() throws InterruptedException {
    assertThat(model(Behaviour.DOWN).rank("port", List.of()).scores()).isEmpty();
  }

  @Test
  void says_how_long_it_took() throws InterruptedException {
    assertThat(rank(Behaviour.ANSWERS).usage().total()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLED, InvokeRateLimitError, true",
    "DENIED, InvokeAuthorizationError, false",
    "WRONG_REQUEST, InvokeBadRequestError, false",
    "DOWN, InvokeServerUnavailableError, true",
    "SILENT, ModelTimeout, true"
  })
  void names_what_went_wrong(Behaviour behaviour, String code, boolean retryable) {
    Failing.as(code, retryable, () -> rank(behaviour));
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPTY", "GARBAGE", "BREAKS_OFF"})
  void half_an_answer_is_none(Behaviour behaviour) {
    Failing.unreadably(() -> rank(behaviour));
  }

  @Test
  void a_thread_that_is_interrupted_does_not_wait() {
    Failing.whenInterrupted(() -> rank(Behaviour.SILENT));
  }
}
