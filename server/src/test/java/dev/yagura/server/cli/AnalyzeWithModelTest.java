package dev.yagura.server.cli;

import static dev.yagura.server.cli.CommandLineRun.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.ChatModelContract;
import dev.yagura.model.testkit.OpenAiStub;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code analyze --model}: a model without a server and without a registration. */
class AnalyzeWithModelTest {
  private static final String TYPE = "Recon:EC2/PortProbeUnprotectedPort";

  private static CommandLineRun analyze(OpenAiStub stub, String model) {
    return CommandLineRun.with(
        sample(TYPE),
        Map.of("OPENAI_BASE_URL", stub.url()),
        false,
        "analyze",
        "--model",
        model,
        "--format",
        "json",
        "-");
  }

  @Test
  void the_words_are_the_models_and_it_was_told_what_the_catalogue_says() throws Exception {
    try (var stub = new OpenAiStub()) {
      CommandLineRun run = analyze(stub, "openai/any");
      assertThat(run.err()).isEmpty();
      JsonNode alert = new ObjectMapper().readTree(run.out());
      assertThat(alert.path("source").asText()).isEqualTo("model");
      assertThat(alert.toString()).contains(ChatModelContract.PIECES.getFirst().strip());
      JsonNode asked = stub.requests().getFirst();
      assertThat(asked.path("model").asText()).isEqualTo("any");
      assertThat(asked.toString()).contains(TYPE);
    }
  }

  @Test
  void a_model_that_is_down_leaves_the_floor_and_the_reason() throws Exception {
    try (var stub = new OpenAiStub().does(Behaviour.DOWN)) {
      CommandLineRun run = analyze(stub, "openai/any");
      assertThat(run.exit()).isZero();
      assertThat(new ObjectMapper().readTree(run.out()).path("source").asText()).isEqualTo("floor");
    }
  }

  @Test
  void what_is_no_model_is_said_with_what_was_expected() {
    try (var stub = new OpenAiStub()) {
      assertThat(analyze(stub, "gpt").err())
          .contains("--model: 'gpt' (expected: one of bedrock, openai, anthropic)");
      assertThat(analyze(stub, "openai").err()).contains("like bedrock/MODEL-ID");
      assertThat(analyze(stub, "anthropic/claude").err()).contains("anthropic has no api-key");
      assertThat(analyze(stub, "openai").exit()).isEqualTo(2);
    }
  }
}
