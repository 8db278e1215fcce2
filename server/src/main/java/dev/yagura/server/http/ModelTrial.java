package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.model.ChatAnswer;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest;
import dev.yagura.model.ChatRequest.Message;
import dev.yagura.model.ChatRequest.Role;
import dev.yagura.model.Deadlines;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.Models.Chosen;
import dev.yagura.model.RerankModel;
import dev.yagura.model.TokenListener;
import dev.yagura.model.Usage;
import dev.yagura.server.app.ModelRegistry;
import dev.yagura.server.app.ModelRegistry.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tries a model with the least that it can be asked. */
final class ModelTrial {
  private static final String QUESTION = "Which port was probed?";

  /** The second one answers the question. */
  private static final List<String> TEXTS =
      List.of("The access key was rotated.", "Port 22 of the instance was probed.");

  private final ModelRegistry models;
  private final Deadlines deadlines;

  /**
   * @param deadlines of a chat
   */
  ModelTrial(ModelRegistry models, Deadlines deadlines) {
    this.models = models;
    this.deadlines = deadlines;
  }

  /**
   * What the model did. A FlowException where there is none, or where it does not work.
   *
   * @param name {@code provider/model}, or empty for the system's
   */
  ObjectNode of(Kind kind, String name) throws InterruptedException {
    if (!name.isEmpty() && !models.isRegistered(providerOf(name), modelOf(name))) {
      throw notSetUp(name + " is not registered (expected: see yagura model list)");
    }
    return switch (kind) {
      case CHAT -> chat(models.chat(providerOf(name), modelOf(name), Map.of()).model());
      case EMBEDDING ->
          embedding(chosen(kind, name.isEmpty() ? models.embedding() : models.embedding(name)));
      case RERANK -> rerank(chosen(kind, name.isEmpty() ? models.rerank() : models.rerank(name)));
    };
  }

  /** The kind of a model that the system uses, and else chat. */
  Kind kindOf(String name) {
    for (Kind kind : Kind.values()) {
      if (models.system(kind).filter(name::equals).isPresent()) {
        return kind;
      }
    }
    return Kind.CHAT;
  }

  private ObjectNode chat(ChatModel model) throws InterruptedException {
    ChatAnswer answer =
        model.chat(
            new ChatRequest(
                List.of(new Message(Role.USER, "Answer with the one word: ready")),
                Map.of("max_tokens", 256),
                List.of(),
                null,
                deadlines),
            TokenListener.NONE);
    return tried(Kind.CHAT, model.name(), answer.usage()).put("answer", answer.text());
  }

  private static ObjectNode embedding(EmbeddingModel model) throws InterruptedException {
    var answer = model.embed(List.of(QUESTION), EmbeddingModel.Purpose.QUERY);
    return tried(Kind.EMBEDDING, model.name(), answer.usage())
        .put("dimensions", answer.vectors().getFirst().length);
  }

  private static ObjectNode rerank(RerankModel model) throws InterruptedException {
    var answer = model.rank(QUESTION, TEXTS);
    ObjectNode tried = tried(Kind.RERANK, model.name(), answer.usage());
    ArrayNode scores = tried.putArray("scores");
    answer.scores().forEach(scores::add);
    return tried.put("right", answer.scores().get(1) > answer.scores().get(0));
  }

  private static ObjectNode tried(Kind kind, String model, Usage usage) {
    return Json.object()
        .put("kind", word(kind))
        .put("model", model)
        .put("milliseconds", usage.total().toMillis())
        .put("tokens", usage.totalTokens());
  }

  private static <M> M chosen(Kind kind, Optional<Chosen<M>> model) {
    return model
        .orElseThrow(
            () ->
                notSetUp(
                    "no "
                        + word(kind)
                        + " model is set up (expected: yagura model default "
                        + word(kind)
                        + " PROVIDER/MODEL)"))
        .model();
  }

  private static FlowException notSetUp(String message) {
    return Failure.user("ModelNotSetUp", message).asException();
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String providerOf(String name) {
    return name.substring(0, Math.max(0, name.indexOf('/')));
  }

  private static String modelOf(String name) {
    return name.substring(name.indexOf('/') + 1);
  }
}
