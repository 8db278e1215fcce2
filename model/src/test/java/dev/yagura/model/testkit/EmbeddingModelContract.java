package dev.yagura.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.EmbeddingModel.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every embedding model keeps to. */
public abstract class EmbeddingModelContract {
  /** A model that works. */
  protected abstract EmbeddingModel model();

  @Test
  void is_named_after_provider_and_model() {
    assertThat(model().name()).matches("[a-z]+/\\S+");
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void each_text_has_a_vector_of_one_length(Purpose purpose) throws InterruptedException {
    List<float[]> vectors =
        model().embed(List.of("Port 22 was probed.", "ポートが探索されました。", "s3"), purpose).vectors();
    assertThat(vectors).hasSize(3);
    int length = vectors.getFirst().length;
    assertThat(length).isBetween(3, 4096);
    for (float[] vector : vectors) {
      assertThat(vector).hasSize(length);
      for (float number : vector) {
        assertThat(number).isFinite();
      }
    }
    assertThat(vectors.get(0)).isNotEqualTo(vectors.get(1));
  }

  @Test
  void many_texts_keep_their_order() throws InterruptedException {
    List<String> texts = IntStream.range(0, 200).mapToObj(i -> "finding number " + i).toList();
    EmbeddingModel model = model();
    List<float[]> vectors = model.embed(texts, Purpose.DOCUMENT).vectors();
    assertThat(vectors).hasSize(200);
    for (int i : List.of(0, 95, 96, 199)) {
      float[] alone = model.embed(List.of(texts.get(i)), Purpose.DOCUMENT).vectors().getFirst();
      assertSame(vectors.get(i), alone);
    }
  }

  @Test
  void a_text_may_be_as_long_as_it_says() throws InterruptedException {
    EmbeddingModel model = model();
    String longest = "accesskey ".repeat(model.maxCharacters() / 10);
    assertThat(model.embed(List.of(longest), Purpose.DOCUMENT).vectors()).hasSize(1);
  }

  @Test
  void no_texts_have_no_vectors() throws InterruptedException {
    assertThat(model().embed(List.of(), Purpose.DOCUMENT).vectors()).isEmpty();
  }

  @Test
  void says_what_it_used() throws InterruptedException {
    var usage = model().embed(List.of("Port 22 was probed."), Purpose.DOCUMENT).usage();
    assertThat(usage.promptTokens()).isPositive();
    assertThat(usage.completionTokens()).isZero();
    assertThat(usage.total()).isPositive();
  }

  @Test
  void many_threads_use_it_at_once() throws InterruptedException, ExecutionException {
    EmbeddingModel model = model();
    float[] alone = model.embed(List.of("root login"), Purpose.QUERY).vectors().getFirst();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<float[]>> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        all.add(
            threads.submit(
                () -> model.embed(List.of("root login"), Purpose.QUERY).vectors().getFirst()));
      }
      for (Future<float[]> one : all) {
        assertSame(one.get(), alone);
      }
    }
  }

  /** As far as sums in another order allow. */
  private static void assertSame(float[] vector, float[] other) {
    assertThat(vector).hasSize(other.length);
    for (int i = 0; i < vector.length; i++) {
      assertThat(vector[i]).isCloseTo(other[i], within(1e-4f));
    }
  }
}
