package dev.yagura.server.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.Secret;
import dev.yagura.model.ChatModel;
import dev.yagura.model.EmbeddingModel;
import dev.yagura.model.ModelProvider;
import dev.yagura.model.ModelProvider.Option;
import dev.yagura.model.ModelProvider.Registration;
import dev.yagura.model.Models;
import dev.yagura.model.Price;
import dev.yagura.model.ProviderNames;
import dev.yagura.model.RerankModel;
import dev.yagura.server.secret.Vault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The providers that are registered, and the system's models. */
public final class ModelRegistry implements Models {
  static final String SYSTEM = "system";
  static final String PRICES = "prices";

  private final JsonRecords records;
  private final Vault vault;
  private final Map<String, ModelProvider> providers = new LinkedHashMap<>();

  /**
   * @param records of registrations by provider; the record {@code system} names the system's
   *     models
   */
  public ModelRegistry(JsonRecords records, Vault vault, List<ModelProvider> providers) {
    this.records = records;
    this.vault = vault;
    providers.forEach(provider -> this.providers.put(provider.id(), provider));
  }

  /** What the system uses where a workflow names nothing that is registered. */
  public enum Kind {
    CHAT,
    EMBEDDING,
    RERANK;

    /** As it is called in commands and records. */
    public String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public List<ModelProvider> providers() {
    return new ArrayList<>(providers.values());
  }

  public ModelProvider provider(String name) {
    ModelProvider provider = providers.get(ProviderNames.shortName(name));
    if (provider == null) {
      throw Apps.unknown("provider", name, new ArrayList<>(providers.keySet()));
    }
    return provider;
  }

  /**
   * Registers a provider.
   *
   * @param options all options, the secret ones included, as a person gives them
   * @param models the only models of it that count as registered; all where empty
   */
  public void register(String name, Map<String, String> options, List<String> models) {
    ModelProvider provider = provider(name);
    ObjectNode json = JsonRecords.object();
    ObjectNode plain = json.putObject("options");
    ObjectNode hidden = json.putObject("secrets");
    List<String> known = provider.options().stream().map(Option::name).toList();
    options.forEach(
        (option, value) -> {
          if (!known.contains(option)) {
            throw Apps.unknown("option of " + provider.id(), option, known);
          }
          if (isSecret(provider, option)) {
            hidden.put(option, vault.seal(new Secret(value), purpose(provider.id(), option)));
          } else {
            plain.put(option, value);
          }
        });
    for (Option option : provider.options()) {
      if (option.required() && !options.containsKey(option.name())) {
        throw Failure.user(
                "InvalidSetting",
                provider.id() + " needs " + option.name() + " (expected: " + option.doc() + ")")
            .asException();
      }
    }
    models.forEach(json.putArray("models")::add);
    provider.check(registration(provider.id(), json));
    records.put(provider.id(), json);
  }

  private static boolean isSecret(ModelProvider provider, String option) {
    return provider.options().stream().anyMatch(one -> one.name().equals(option) && one.secret());
  }

  private static String purpose(String provider, String option) {
    return "model/" + provider + "/" + option;
  }

  private Registration registration(String provider, ObjectNode json) {
    Map<String, String> options = new LinkedHashMap<>();
    json.path("options")
        .properties()
        .forEach(entry -> options.put(entry.getKey(), entry.getValue().asText()));
    Map<String, Secret> secrets = new LinkedHashMap<>();
    json.path("secrets")
        .properties()
        .forEach(
            entry ->
                secrets.put(
                    entry.getKey(),
                    vault.open(entry.getValue().asText(), purpose(provider, entry.getKey()))));
    return new Registration(options, secrets);
  }

  /** The registration, or empty where the provider is not registered. */
  public Optional<Registration> registration(String provider) {
    return records.find(provider).map(json -> registration(provider, json));
  }

  /**
   * What was removed.
   *
   * @param unset models of the system that were the provider's, and are none any more
   */
  public record Removed(String provider, Map<Kind, String> unset) {}

  /**
   * Removes a registration with its secrets. A FlowException where there is none, and where a model
   * of the system is the provider's.
   *
   * @param force unsets such models of the system as well
   */
  public Removed remove(String name, boolean force) {
    return new ModelRemoval(records).remove(ProviderNames.shortName(name), force);
  }

  /** Names a model of the system. The provider must be registered and have such a model. */
  public void system(Kind kind, String providerName, String model) {
    ModelProvider provider = provider(providerName);
    Registration registration =
        registration(provider.id())
            .orElseThrow(
                () ->
                    Failure.user(
                            "ModelNotSetUp",
                            provider.id()
                                + " is not registered (expected: yagura model add "
                                + provider.id()
                                + " first)")
                        .asException());
    Object unused =
        switch (kind) {
          case CHAT -> provider.chat(registration, model, Map.of());
          case EMBEDDING -> provider.embedding(registration, model);
          case RERANK -> provider.rerank(registration, model);
        };
    ObjectNode json = records.find(SYSTEM).orElseGet(JsonRecords::object);
    json.putObject(kind.key()).put("provider", provider.id()).put("model", model);
    records.put(SYSTEM, json);
  }

  /** {@code provider/model}, or empty where none is set. */
  public Optional<String> system(Kind kind) {
    return records
        .find(SYSTEM)
        .map(json -> json.path(kind.key()))
        .filter(JsonNode::isObject)
        .map(json -> json.path("provider").asText() + "/" + json.path("model").asText());
  }

  /** The price per million tokens that counts for a model instead of the list price. */
  public void price(String model, BigDecimal prompt, BigDecimal completion) {
    ObjectNode json = records.find(PRICES).orElseGet(JsonRecords::object);
    json.putObject(model).put("prompt", prompt).put("completion", completion);
    records.put(PRICES, json);
  }

  private Price priceOf(String model) {
    JsonNode own = records.find(PRICES).map(json -> json.path(model)).orElse(null);
    return own == null || !own.isObject()
        ? Price.of(model)
        : new Price(own.path("prompt").decimalValue(), own.path("completion").decimalValue());
  }

  @Override
  public Chosen<ChatModel> chat(String provider, String name, Map<String, Object> parameters) {
    String id = ProviderNames.shortName(provider);
    if (isRegistered(provider, name)) {
      return chosen(id, name, parameters, "");
    }
    JsonNode system =
        records
            .find(SYSTEM)
            .map(one -> one.path(Kind.CHAT.key()))
            .filter(JsonNode::isObject)
            .orElseThrow(() -> Failure.user("ModelNotSetUp", Models.NOT_SET_UP).asException());
    return chosen(
        system.path("provider").asText(),
        system.path("model").asText(),
        parameters,
        "the workflow names "
            + id
            + "/"
            + name
            + ", which is not registered here; the system model answers");
  }

  /** Whether it is answered by this very model, and not by the system's. */
  public boolean isRegistered(String provider, String name) {
    String id = ProviderNames.shortName(provider);
    return providers.containsKey(id)
        && records.find(id).filter(json -> offers(json, name)).isPresent();
  }

  private static boolean offers(ObjectNode registration, String name) {
    JsonNode models = registration.path("models");
    if (models.isEmpty()) {
      return !name.isBlank();
    }
    for (JsonNode model : models) {
      if (model.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private Chosen<ChatModel> chosen(
      String provider, String name, Map<String, Object> parameters, String note) {
    Registration registration =
        registration(provider)
            .orElseThrow(() -> Failure.user("ModelNotSetUp", Models.NOT_SET_UP).asException());
    ChatModel model = provider(provider).chat(registration, name, parameters);
    return new Chosen<>(model, note, priceOf(model.name()));
  }

  @Override
  public Optional<Chosen<EmbeddingModel>> embedding() {
    return system(Kind.EMBEDDING).flatMap(this::embedding);
  }

  @Override
  public Optional<Chosen<EmbeddingModel>> embedding(String name) {
    return registrationOf(name)
        .map(one -> provider(providerOf(name)).embedding(one, modelOf(name)))
        .map(model -> new Chosen<>(model, "", priceOf(model.name())));
  }

  @Override
  public Optional<Chosen<RerankModel>> rerank() {
    return system(Kind.RERANK).flatMap(this::rerank);
  }

  /**
   * A model that reranks by its name, or empty where its provider is not registered.
   *
   * @param name {@code provider/model}
   */
  public Optional<Chosen<RerankModel>> rerank(String name) {
    return registrationOf(name)
        .map(one -> provider(providerOf(name)).rerank(one, modelOf(name)))
        .map(model -> new Chosen<>(model, "", priceOf(model.name())));
  }

  private Optional<Registration> registrationOf(String name) {
    return registration(providerOf(name));
  }

  private static String providerOf(String name) {
    return name.substring(0, Math.max(0, name.indexOf('/')));
  }

  private static String modelOf(String name) {
    return name.substring(name.indexOf('/') + 1);
  }
}
