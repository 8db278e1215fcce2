package dev.yagura.model.langchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.base.Secret;
import dev.yagura.model.ChatModel;
import dev.yagura.model.Deadlines;
import dev.yagura.model.ModelProvider.Registration;
import dev.yagura.model.TokenListener;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.ChatModelContract;
import dev.yagura.model.testkit.OpenAiStub;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiChatTest extends ChatModelContract {
  private final OpenAiStub stub = new OpenAiStub();
  private final OpenAiProvider provider = new OpenAiProvider();

  @AfterEach
  void close() {
    stub.close();
  }

  private Registration registration() {
    return new Registration(
        Map.of("base-url", stub.url()), Map.of("api-key", new Secret("sk-local")));
  }

  @Override
  protected ChatModel model(Behaviour behaviour) {
    stub.does(behaviour);
    return provider.chat(registration(), "llama3.1", Map.of());
  }

  @Test
  void sends_what_the_workflow_sets() throws InterruptedException {
    model(Behaviour.ANSWERS).chat(request(Deadlines.DEFAULT), TokenListener.NONE);
    JsonNode sent = stub.requests().getFirst();
    assertThat(sent.path("model").asText()).isEqualTo("llama3.1");
    assertThat(sent.path("max_tokens").asInt()).isEqualTo(100);
    assertThat(sent.path("temperature").asDouble()).isEqualTo(0.5);
    assertThat(sent.has("top_p")).isFalse();
    assertThat(sent.path("stop").get(0).asText()).isEqualTo("END");
    assertThat(sent.has("no_such_parameter")).isFalse();
    assertThat(sent.path("messages").get(0).path("role").asText()).isEqualTo("system");
  }

  @Test
  void refuses_a_base_url_that_is_none() {
    assertThatThrownBy(
            () ->
                provider.embedding(
                    new Registration(Map.of("base-url", "localhost:11434"), Map.of()), "m"))
        .hasMessageContaining("base-url: 'localhost:11434' (expected: http://");
  }
}
