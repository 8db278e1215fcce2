package dev.yagura.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.model.RerankModel;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.RerankModelContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockRerankTest {
  private static final StubbedBedrock BEDROCK = new StubbedBedrock();

  @AfterAll
  static void close() {
    BEDROCK.close();
  }

  private static RerankModel rerank(String id, Behaviour behaviour) {
    return BEDROCK.does(behaviour).rerank(BEDROCK.registration(), id);
  }

  @Nested
  class Cohere extends RerankModelContract {
    @Override
    protected RerankModel model(Behaviour behaviour) {
      return rerank("cohere.rerank-v3-5:0", behaviour);
    }
  }

  @Nested
  class Amazon extends RerankModelContract {
    @Override
    protected RerankModel model(Behaviour behaviour) {
      return rerank("amazon.rerank-v1:0", behaviour);
    }
  }

  @ParameterizedTest
  @CsvSource({"cohere.rerank-v3-5:0, true", "amazon.rerank-v1:0, false"})
  void only_cohere_is_told_the_version_of_its_form(String id, boolean told)
      throws InterruptedException {
    assertThat(rerank(id, Behaviour.ANSWERS).rank("port", List.of("a port", "a key")).scores())
        .hasSize(2);
    var sent = BEDROCK.stub.calls().getFirst().body();
    assertThat(sent.has("api_version")).isEqualTo(told);
    assertThat(sent.path("top_n").asInt()).isEqualTo(2);
  }

  @Test
  void names_what_is_expected_instead_of_a_wrong_id() {
    assertThatThrownBy(() -> rerank("cohere.embed-v4:0", Behaviour.ANSWERS))
        .hasMessageContaining("'cohere.embed-v4:0' is no model here that reranks")
        .hasMessageContaining("expected: cohere.rerank-v3-5:0 or amazon.rerank-v1:0");
  }
}
