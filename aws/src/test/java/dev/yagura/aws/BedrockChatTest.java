package dev.yagura.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.aws.testkit.BedrockStub;
import dev.yagura.base.FlowException;
import dev.yagura.base.Secret;
import dev.yagura.model.ChatModel;
import dev.yagura.model.Deadlines;
import dev.yagura.model.ModelProvider.Registration;
import dev.yagura.model.TokenListener;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.ChatModelContract;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockChatTest extends ChatModelContract {
  private static final String HAIKU = "global.anthropic.claude-haiku-4-5-20251001-v1:0";

  private static final BedrockStub STUB = new BedrockStub();
  private static final BedrockProvider PROVIDER = new BedrockProvider();

  @BeforeEach
  void forget() {
    STUB.calls().clear();
  }

  @AfterAll
  static void close() {
    PROVIDER.close();
    STUB.close();
  }

  private Registration registration() {
    return new Registration(
        Map.of(
            "region", "ap-northeast-1", "access-key-id", "AKIDEXAMPLE", "endpoint-url", STUB.url()),
        Map.of("secret-access-key", new Secret("an-example-key")));
  }

  @Override
  protected ChatModel model(Behaviour behaviour) {
    STUB.does(behaviour);
    return PROVIDER.chat(registration(), HAIKU, Map.of());
  }

  @Test
  void speaks_converse_with_a_signature() throws InterruptedException {
    model(Behaviour.ANSWERS).chat(request(Deadlines.DEFAULT), TokenListener.NONE);
    BedrockStub.Call call = STUB.calls().getFirst();
    assertThat(call.model()).isEqualTo(HAIKU);
    assertThat(call.signature()).contains("/ap-northeast-1/bedrock/aws4_request");
    JsonNode sent = call.body();
    assertThat(sent.at("/system/0/text").asText()).isEqualTo("Be brief.");
    assertThat(sent.at("/messages/0/role").asText()).isEqualTo("user");
    assertThat(sent.at("/messages/0/content/0/text").asText()).isEqualTo("What happened?");
    assertThat(sent.at("/inferenceConfig/maxTokens").asInt()).isEqualTo(100);
    assertThat(sent.at("/inferenceConfig").has("topP")).isFalse();
    assertThat(sent.at("/inferenceConfig/stopSequences/0").asText()).isEqualTo("END");
    assertThat(sent.toString()).doesNotContain("no_such_parameter");
  }

  @ParameterizedTest
  @CsvSource({
    "guardrail_intervened, GuardrailIntervened",
    "refusal, ModelRefused",
    "content_filtered, ModelRefused",
    "max_tokens, ModelAnswerCut",
    "model_context_window_exceeded, InvokeBadRequestError"
  })
  void knows_why_an_answer_stopped(String reason, String code) {
    STUB.stops(reason);
    assertThatThrownBy(
            () ->
                PROVIDER
                    .chat(registration(), HAIKU, Map.of())
                    .chat(request(Deadlines.DEFAULT), TokenListener.NONE))
        .isInstanceOfSatisfying(
            FlowException.class, failed -> assertThat(failed.failure().code()).isEqualTo(code));
  }

  @Test
  void says_what_helps_where_a_model_wants_a_profile() {
    assertThatThrownBy(
            () ->
                model(Behaviour.WRONG_REQUEST).chat(request(Deadlines.DEFAULT), TokenListener.NONE))
        .hasMessageContaining("expected: an inference profile");
  }

  @Test
  void a_thread_that_is_interrupted_does_not_wait() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> model(Behaviour.SILENT).chat(request(Deadlines.DEFAULT), TokenListener.NONE))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void names_the_missing_permission() {
    assertThatThrownBy(
            () -> model(Behaviour.DENIED).chat(request(Deadlines.DEFAULT), TokenListener.NONE))
        .hasMessageContaining("bedrock:InvokeModelWithResponseStream");
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic claude, Claude 4.5 Sonnet, geographic, ap-northeast-1,"
        + " apac.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "anthropic claude, , disabled, us-east-1, anthropic.claude-haiku-4-5-20251001-v1:0",
    "amazon nova, Nova Lite, geographic, us-east-1, us.amazon.nova-lite-v1:0",
    "amazon nova, Nova Lite V1, disabled, us-east-1, amazon.nova-lite-v1:0",
    "Anthropic Claude, Claude 3.5 Sonnet V2, global, eu-west-1,"
        + " global.anthropic.claude-3-5-sonnet-20241022-v2:0",
    "us.amazon.nova-pro-v1:0, , , us-east-1, us.amazon.nova-pro-v1:0",
    "anthropic.claude-sonnet-5, , , us-east-1, anthropic.claude-sonnet-5"
  })
  void finds_the_model_that_a_file_means(
      String name, String modelName, String crossRegion, String region, String id) {
    Map<String, Object> parameters = new java.util.HashMap<>();
    if (modelName != null) {
      parameters.put("model_name", modelName);
    }
    if (crossRegion != null) {
      parameters.put("cross-region", crossRegion);
    }
    assertThat(BedrockModels.resolve(name, parameters, region)).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "region, Tokyo, region 'Tokyo' (expected: like ap-northeast-1)",
    "access-key-id, AKID, access-key-id and secret-access-key (expected: both",
    "endpoint-url, bedrock.local, endpoint-url 'bedrock.local' (expected: http://"
  })
  void refuses_settings_that_cannot_work(String option, String value, String message) {
    assertThatThrownBy(
            () -> PROVIDER.chat(new Registration(Map.of(option, value), Map.of()), HAIKU, Map.of()))
        .hasMessageContaining(message);
  }
}
