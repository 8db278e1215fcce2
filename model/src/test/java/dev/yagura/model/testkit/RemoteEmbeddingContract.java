package dev.yagura.model.testkit;

import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.EmbeddingModel.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an embedding model behind a network keeps to, whatever its provider does. */
public abstract class RemoteEmbeddingContract extends EmbeddingModelContract {
  /** A model whose provider does this; it waits {@link Failing#PATIENCE} for a silent one. */
  protected abstract EmbeddingModel model(Behaviour behaviour);

  @Override
  protected final EmbeddingModel model() {
    return model(Behaviour.ANSWERS);
  }

  private void embed(Behaviour behaviour) throws InterruptedException {
    model(behaviour).embed(List.of("port probe", "root user", "s3"), Purpose.DOCUMENT);
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
    Failing.as(code, retryable, () -> embed(behaviour));
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPTY", "GARBAGE", "BREAKS_OFF"})
  void half_an_answer_is_none(Behaviour behaviour) {
    Failing.unreadably(() -> embed(behaviour));
  }

  @Test
  void a_thread_that_is_interrupted_does_not_wait() {
    Failing.whenInterrupted(() -> embed(Behaviour.SILENT));
  }
}
