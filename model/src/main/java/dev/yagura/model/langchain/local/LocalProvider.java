package dev.yagura.model.langchain.local;

import dev.yagura.base.Failure;
import dev.yagura.model.ChatModel;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.ModelFailures;
import dev.yagura.model.ModelProvider;
import java.util.List;
import java.util.Map;

/**
 * An embedding model that comes with the product and runs in this process: no network, no cost. It
 * is loaded when the first text comes.
 */
public final class LocalProvider implements ModelProvider {
  /** The one model that there is. */
  public static final String MODEL = "all-minilm-l6-v2";

  private final LocalEmbedding embedding = new LocalEmbedding(id() + "/" + MODEL, MiniLm::load);

  @Override
  public String id() {
    return "local";
  }

  @Override
  public String title() {
    return "Local model in this process (English, 384 dimensions)";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public void check(Registration registration) {
    // There is nothing to set that could be wrong.
  }

  @Override
  public ChatModel chat(Registration registration, String name, Map<String, Object> parameters) {
    throw Failure.user(
            "ModelNotExistError",
            "local has no chat models (expected: bedrock, openai or anthropic; local embeds only)")
        .asException();
  }

  @Override
  public EmbeddingModel embedding(Registration registration, String name) {
    if (!name.equals(MODEL)) {
      throw ModelFailures.badRequest(
          "local: '" + name + "' is no embedding model here (expected: " + MODEL + ")");
    }
    return embedding;
  }
}
