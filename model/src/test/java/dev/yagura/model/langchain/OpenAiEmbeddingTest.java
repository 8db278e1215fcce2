package dev.yagura.model.langchain;

import dev.yagura.base.Secret;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.ModelProvider.Registration;
import dev.yagura.model.testkit.Behaviour;
import dev.yagura.model.testkit.Failing;
import dev.yagura.model.testkit.OpenAiStub;
import dev.yagura.model.testkit.RemoteEmbeddingContract;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class OpenAiEmbeddingTest extends RemoteEmbeddingContract {
  private final OpenAiStub stub = new OpenAiStub();

  @AfterEach
  void close() {
    stub.close();
  }

  @Override
  protected EmbeddingModel model(Behaviour behaviour) {
    stub.does(behaviour);
    var provider =
        behaviour == Behaviour.SILENT ? new OpenAiProvider(Failing.PATIENCE) : new OpenAiProvider();
    return provider.embedding(
        new Registration(Map.of("base-url", stub.url()), Map.of("api-key", new Secret("sk-local"))),
        "nomic-embed-text");
  }
}
