package dev.yagura.server;

import dev.yagura.aws.BedrockProvider;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.Secret;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ModelProvider;
import dev.yagura.model.ModelProvider.Registration;
import dev.yagura.model.Models;
import dev.yagura.model.Price;
import dev.yagura.model.langchain.AnthropicProvider;
import dev.yagura.model.langchain.OpenAiProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One model for all that a workflow asks, without any registration: named on the command line, with
 * the provider's options from the environment, for example {@code OPENAI_BASE_URL}.
 */
public final class NamedModel implements Models, AutoCloseable {
  private final BedrockProvider bedrock = new BedrockProvider();
  private final ModelProvider provider;
  private final String name;
  private final Registration registration;

  /**
   * A FlowException where there is no such provider or an option that it needs is missing.
   *
   * @param model {@code provider/name}
   */
  public NamedModel(String model, Map<String, String> environment) {
    int slash = model.indexOf('/');
    this.provider = provider(slash < 0 ? model : model.substring(0, slash));
    this.name = slash < 0 ? "" : model.substring(slash + 1);
    if (name.isBlank()) {
      throw wrong(model, "a provider and a model, like bedrock/MODEL-ID");
    }
    this.registration = registration(environment);
    ChatModel unused = provider.chat(registration, name, Map.of());
  }

  private ModelProvider provider(String id) {
    List<ModelProvider> all = List.of(bedrock, new OpenAiProvider(), new AnthropicProvider());
    return all.stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    id,
                    "one of " + String.join(", ", all.stream().map(ModelProvider::id).toList())));
  }

  private static FlowException wrong(String given, String expected) {
    return Failure.user("InvalidModel", "--model: '" + given + "' (expected: " + expected + ")")
        .asException();
  }

  private Registration registration(Map<String, String> environment) {
    Map<String, String> options = new LinkedHashMap<>();
    Map<String, Secret> secrets = new LinkedHashMap<>();
    for (ModelProvider.Option option : provider.options()) {
      String value = environment.get(variable(provider.id(), option.name()));
      if (value != null && !value.isBlank()) {
        if (option.secret()) {
          secrets.put(option.name(), new Secret(value));
        } else {
          options.put(option.name(), value);
        }
      }
    }
    return new Registration(options, secrets);
  }

  /** Where an option is looked for, for example {@code ANTHROPIC_API_KEY}. */
  static String variable(String provider, String option) {
    return (provider + "_" + option).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public Chosen<ChatModel> chat(String asked, String model, Map<String, Object> parameters) {
    ChatModel chosen = provider.chat(registration, name, parameters);
    return new Chosen<>(chosen, "--model answers", Price.of(chosen.name()));
  }

  @Override
  public void close() {
    bedrock.close();
  }
}
