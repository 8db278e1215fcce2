package dev.yagura.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.aws.testkit.BedrockStub;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.EmbeddingModel.Purpose;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.RemoteEmbeddingContract;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CohereEmbeddingTest {
  private static final StubbedBedrock BEDROCK = new StubbedBedrock();

  @AfterAll
  static void close() {
    BEDROCK.close();
  }

  private static EmbeddingModel cohere(String id, Behaviour behaviour) {
    return BEDROCK.does(behaviour).embedding(BEDROCK.registration(), id);
  }

  @Nested
  class Third extends RemoteEmbeddingContract {
    @Override
    protected EmbeddingModel model(Behaviour behaviour) {
      return cohere("cohere.embed-multilingual-v3", behaviour);
    }
  }

  @Nested
  class Fourth extends RemoteEmbeddingContract {
    @Override
    protected EmbeddingModel model(Behaviour behaviour) {
      return cohere("global.cohere.embed-v4:0", behaviour);
    }
  }

  @ParameterizedTest
  @CsvSource({"DOCUMENT, search_document", "QUERY, search_query"})
  void says_what_the_texts_are(Purpose purpose, String type) throws InterruptedException {
    var model = cohere("cohere.embed-english-v3", Behaviour.ANSWERS);
    assertThat(model.embed(List.of("port probe"), purpose).vectors()).hasSize(1);
    JsonNode sent = BEDROCK.stub.calls().getFirst().body();
    assertThat(sent.path("input_type").asText()).isEqualTo(type);
    assertThat(sent.path("truncate").asText()).isEqualTo("END");
    assertThat(sent.path("texts").get(0).asText()).isEqualTo("port probe");
  }

  @Test
  void the_fourth_version_is_told_a_size() throws InterruptedException {
    var model = cohere("cohere.embed-v4:0", Behaviour.ANSWERS);
    assertThat(model.embed(List.of("port probe"), Purpose.DOCUMENT).vectors()).hasSize(1);
    JsonNode sent = BEDROCK.stub.calls().getFirst().body();
    assertThat(sent.path("output_dimension").asInt()).isEqualTo(1024);
    assertThat(sent.path("truncate").asText()).isEqualTo("RIGHT");
  }

  @Test
  void sends_no_more_texts_at_once_than_it_takes_and_counts_what_the_service_counted()
      throws InterruptedException {
    var model = cohere("cohere.embed-multilingual-v3", Behaviour.ANSWERS);
    var used = model.embed(Collections.nCopies(200, "text"), Purpose.DOCUMENT).usage();
    assertThat(BEDROCK.stub.calls())
        .extracting(call -> call.body().path("texts").size())
        .containsExactlyInAnyOrder(96, 96, 8);
    assertThat(used.promptTokens()).isEqualTo(21);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "us.cohere.embed-v4:0",
        "eu.cohere.embed-v4:0",
        "apac.cohere.embed-v4:0",
        "global.cohere.embed-v4:0"
      })
  void takes_profiles(String id) throws InterruptedException {
    var model = cohere(id, Behaviour.ANSWERS);
    assertThat(model.embed(List.of("text"), Purpose.DOCUMENT).vectors()).hasSize(1);
    assertThat(BEDROCK.stub.calls()).extracting(BedrockStub.Call::model).containsExactly(id);
    assertThat(model.name()).isEqualTo("bedrock/" + id);
  }

  @ParameterizedTest
  @CsvSource({
    "cohere.embed-v4:0, cohere.embed-v4:0",
    "us.cohere.embed-v4:0, cohere.embed-v4:0",
    "us-gov.amazon.titan-embed-text-v2:0, amazon.titan-embed-text-v2:0",
    "amazon.titan-embed-text-v1, amazon.titan-embed-text-v1",
    "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.cohere.embed-v4:0,"
        + " cohere.embed-v4:0"
  })
  void knows_a_model_behind_a_profile(String id, String model) {
    assertThat(BedrockModels.withoutProfile(id)).isEqualTo(model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cohere.rerank-v3-5:0", "us.anthropic.claude-opus-5", "embed"})
  void names_what_is_expected_instead_of_a_wrong_id(String id) {
    assertThatThrownBy(() -> cohere(id, Behaviour.ANSWERS))
        .hasMessageContaining(id)
        .hasMessageContaining("expected: amazon.titan-embed-text-v2:0")
        .hasMessageContaining("cohere.embed-multilingual-v3");
  }
}
