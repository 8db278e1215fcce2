package dev.yagura.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.EmbeddingModel.Purpose;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.RemoteEmbeddingContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitanEmbeddingTest extends RemoteEmbeddingContract {
  private static final StubbedBedrock BEDROCK = new StubbedBedrock();

  @AfterAll
  static void close() {
    BEDROCK.close();
  }

  private static EmbeddingModel titan(String id, Behaviour behaviour) {
    return BEDROCK.does(behaviour).embedding(BEDROCK.registration(), id);
  }

  @Override
  protected EmbeddingModel model(Behaviour behaviour) {
    return titan("amazon.titan-embed-text-v2:0", behaviour);
  }

  @ParameterizedTest
  @CsvSource({"amazon.titan-embed-text-v1, false", "amazon.titan-embed-text-v2:0, true"})
  void only_the_second_version_is_told_a_size(String id, boolean told) throws InterruptedException {
    var model = titan(id, Behaviour.ANSWERS);
    assertThat(model.embed(List.of("port probe", "s3"), Purpose.DOCUMENT).vectors()).hasSize(2);
    assertThat(BEDROCK.stub.calls()).allMatch(call -> call.body().has("dimensions") == told);
  }

  @Test
  void counts_the_tokens_of_each_text() throws InterruptedException {
    var used = model(Behaviour.ANSWERS).embed(List.of("a", "b", "c"), Purpose.DOCUMENT).usage();
    assertThat(used.promptTokens()).isEqualTo(15);
  }
}
