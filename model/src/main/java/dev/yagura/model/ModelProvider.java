package dev.yagura.model;

import dev.yagura.base.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes models out of a registration. Making one connects to nothing. */
public interface ModelProvider {
  /** Its name in commands, for example {@code bedrock}. */
  String id();

  /** One line for people. */
  String title();

  List<Option> options();

  /**
   * A FlowException where no model can come of this registration, for example because two settings
   * contradict each other. Connects to nothing.
   */
  default void check(Registration registration) {
    ChatModel unused = chat(registration, "check", Map.of());
  }

  /**
   * @param name as a DSL file gives it
   * @param parameters of the DSL file; some providers choose the model by them
   * @throws dev.yagura.base.FlowException where the provider has no chat models
   */
  ChatModel chat(Registration registration, String name, Map<String, Object> parameters);

  /** A FlowException where the provider has no embeddings. */
  EmbeddingModel embedding(Registration registration, String name);

  /** A FlowException where the provider has no models that rerank. */
  default RerankModel rerank(Registration registration, String name) {
    throw ModelFailures.badRequest(
        id() + " has no models that rerank (expected: a model of bedrock)");
  }

  /**
   * With what the provider is reached, for people, without anything secret; empty where there is
   * nothing to say. May ask the machine; a FlowException where something is missing.
   */
  default String access(Registration registration) {
    return "";
  }

  /**
   * A setting of a registration.
   *
   * @param secret whether it is stored encrypted and never shown
   */
  record Option(String name, String doc, boolean required, boolean secret) {}

  /** The settings that somebody has made for a provider. */
  record Registration(Map<String, String> options, Map<String, Secret> secrets) {
    public Registration {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    }

    /** The option, or null where it is not set. */
    public @Nullable String option(String name) {
      String value = options.get(name);
      return value == null || value.isBlank() ? null : value;
    }

    /** The secret's text, or null where it is not set. */
    public @Nullable String secret(String name) {
      Secret value = secrets.get(name);
      return value == null || value.reveal().isBlank() ? null : value.reveal();
    }
  }
}
