package dev.yagura.server.http.dataset;

import dev.yagura.base.Failure;
import dev.yagura.model.ProviderNames;
import dev.yagura.server.app.ModelRegistry;
import java.util.Optional;

/** The embedding model that a request names. */
final class EmbeddingChoice {
  private static final int LONGEST = 255;

  private EmbeddingChoice() {}

  /** {@code provider/model}; empty where the request names none. */
  static Optional<String> of(Fields fields, ModelRegistry models) {
    Optional<String> model =
        fields.text("embedding_model", LONGEST).filter(name -> !name.isBlank());
    Optional<String> provider = fields.text("embedding_model_provider", LONGEST);
    if (model.isEmpty()) {
      return Optional.empty();
    }
    String name = ProviderNames.shortName(provider.orElse("")) + "/" + model.get();
    if (models.embedding(name).isEmpty()) {
      throw Failure.user(
              "provider_not_initialize",
              "embedding_model: '"
                  + name
                  + "' is not registered here (expected: a model of a registered provider, or none"
                  + " for the system's)")
          .asException();
    }
    return Optional.of(name);
  }
}
