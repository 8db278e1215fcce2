package dev.yagura.model.langchain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.yagura.base.FlowException;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.EmbeddingModel.Purpose;
import dev.yagura.model.ModelProvider.Registration;
import dev.yagura.model.Price;
import dev.yagura.model.testkit.EmbeddingModelContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocalEmbeddingTest extends EmbeddingModelContract {
  private static final Registration NOTHING_SET = new Registration(Map.of(), Map.of());
  private static final LocalProvider PROVIDER = new LocalProvider();

  @Override
  protected EmbeddingModel model() {
    return PROVIDER.embedding(NOTHING_SET, LocalProvider.MODEL);
  }

  private float[] vector(String text) throws InterruptedException {
    return model().embed(List.of(text), Purpose.DOCUMENT).vectors().getFirst();
  }

  private static double similar(float[] one, float[] other) {
    double product = 0;
    for (int i = 0; i < one.length; i++) {
      product += one[i] * other[i];
    }
    return product;
  }

  @Test
  void texts_of_one_meaning_are_near() throws InterruptedException {
    float[] question = vector("Someone logged in with the root account");
    float[] near = vector("Root user credentials were used to sign in");
    float[] far = vector("The bucket is encrypted with a customer key");
    assertThat(question).hasSize(MiniLm.DIMENSIONS);
    assertThat(similar(question, question)).isCloseTo(1, within(1e-3));
    assertThat(similar(question, near)).isGreaterThan(similar(question, far) + 0.2);
  }

  @Test
  void the_end_of_a_long_text_counts() throws InterruptedException {
    String long1 = "The port was probed by a scanner from the internet. ".repeat(40);
    float[] without = vector(long1);
    float[] with = vector(long1 + "A bitcoin miner runs on the instance. ".repeat(40));
    float[] miner = vector("bitcoin miner");
    assertThat(similar(with, miner)).isGreaterThan(similar(without, miner) + 0.1);
    assertThat(similar(with, with)).isCloseTo(1, within(1e-3));
  }

  @Test
  void its_threads_are_few() throws InterruptedException {
    assertThat(model().embed(List.of("a", "b", "c", "d", "e"), Purpose.QUERY).vectors()).hasSize(5);
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("local-embedding-"))
                .toList())
        .hasSizeBetween(0, LocalEmbedding.THREADS);
  }

  @Test
  void its_library_is_unpacked_into_a_folder_that_goes_and_calls_nobody() throws IOException {
    TokenizerLibrary library = TokenizerLibrary.prepare();
    Path folder = Path.of(System.getProperty("DJL_CACHE_DIR"));
    Files.writeString(Files.createDirectory(folder.resolve("tokenizers")).resolve("a.so"), "x");
    library.remove();
    assertThat(folder).doesNotExist();
    assertThat(System.getProperty("DJL_CACHE_DIR")).isNull();
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
  }

  @Test
  void a_machine_that_cannot_run_it_is_told_once_and_always_the_same() {
    var loads = new AtomicInteger();
    var broken =
        new LocalEmbedding(
            "local/broken",
            () -> {
              loads.incrementAndGet();
              throw new ExceptionInInitializerError(
                  new UnsatisfiedLinkError("no libonnxruntime for linux-riscv64"));
            });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> broken.embed(List.of("text"), Purpose.QUERY))
          .isInstanceOf(FlowException.class)
          .hasMessageContaining("cannot run on this machine: no libonnxruntime for linux-riscv64")
          .hasMessageContaining("yagura model add bedrock or openai");
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void making_it_and_checking_a_registration_loads_nothing() throws IOException {
    var loads = new AtomicInteger();
    var model =
        new LocalEmbedding(
            "local/unused",
            () -> {
              loads.incrementAndGet();
              throw new IOException("not now");
            });
    PROVIDER.check(NOTHING_SET);
    assertThat(model.name()).isEqualTo("local/unused");
    assertThat(loads).hasValue(0);
  }

  @Test
  void has_no_other_model_no_chat_and_no_price() {
    assertThatThrownBy(() -> PROVIDER.embedding(NOTHING_SET, "e5-small"))
        .hasMessageContaining("'e5-small' is no embedding model here (expected: all-minilm-l6-v2)");
    assertThatThrownBy(() -> PROVIDER.chat(NOTHING_SET, "check", Map.of()))
        .hasMessageContaining("local has no chat models (expected: bedrock");
    assertThat(Price.of(model().name()).prompt()).isZero();
  }

  @Test
  void pieces_end_between_words_and_lose_nothing() {
    String text = "word ".repeat(500).strip();
    assertThat(String.join(" ", Piecewise.pieces(text))).isEqualTo(text);
    assertThat(Piecewise.pieces(text)).allMatch(piece -> piece.length() <= Piecewise.PIECE);
    assertThat(String.join("", Piecewise.pieces("😀".repeat(2000)))).hasSize(4000);
    assertThat(Piecewise.pieces(" ")).containsExactly("");
  }
}
