package dev.yagura.model;

import dev.yagura.base.Failure;
import java.util.Map;
import java.util.Optional;

/** The models that workflows can use. */
public interface Models {
  /** What there is no model at all for. */
  Models NONE =
      new Models() {
        @Override
        public Chosen<ChatModel> chat(String provider, String name, Map<String, Object> given) {
          throw Failure.user("ModelNotSetUp", NOT_SET_UP).asException();
        }
      };

  /** The message of {@code ModelNotSetUp}. */
  String NOT_SET_UP = "no model is set up";

  /**
   * A model and how it came to be chosen.
   *
   * @param note why it is another than the one that was asked for, or empty
   */
  record Chosen<M>(M model, String note, Price price) {}

  /**
   * The model of a DSL file, or the system model where that one is not registered here. A
   * FlowException {@code ModelNotSetUp} where there is neither.
   */
  Chosen<ChatModel> chat(String provider, String name, Map<String, Object> parameters);

  /** The system's embedding model, or empty where none is set. */
  default Optional<Chosen<EmbeddingModel>> embedding() {
    return Optional.empty();
  }

  /**
   * An embedding model by its name, or empty where its provider is not registered.
   *
   * @param name {@code provider/model}
   */
  default Optional<Chosen<EmbeddingModel>> embedding(String name) {
    return Optional.empty();
  }

  /** The system's rerank model, or empty where none is set. */
  default Optional<Chosen<RerankModel>> rerank() {
    return Optional.empty();
  }
}
