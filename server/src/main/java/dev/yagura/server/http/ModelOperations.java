package dev.yagura.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.model.ModelProvider;
import dev.yagura.server.Engine;
import dev.yagura.server.app.ModelRegistry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Models, as an administrator registers and tries them. */
final class ModelOperations {
  private final Engine engine;

  ModelOperations(Engine engine) {
    this.engine = engine;
  }

  List<Operation> all() {
    return List.of(
        AdminOperations.get(
            "/models", "Providers, what is registered, system models.", this::models),
        AdminOperations.post(
            "/models", "Registers a provider: provider, options, models.", this::addModel),
        AdminOperations.delete(
            "/models/{provider}",
            "Removes a provider with its secrets; force=true unsets system models of it as well.",
            this::removeModel),
        AdminOperations.post(
            "/models/default", "Sets a system model: kind, provider, model.", this::system),
        AdminOperations.post(
            "/models/test",
            "Tries a model: kind (chat, embedding or rerank), provider, model; without a model the"
                + " system's.",
            this::testModel),
        AdminOperations.get(
            "/models/access",
            "With what the providers are reached, and which models of workflows are not"
                + " registered.",
            this::access));
  }

  private JsonNode access(Call call) {
    ObjectNode answer = Json.object();
    ObjectNode access = answer.putObject("access");
    for (ModelProvider provider : engine.models().providers()) {
      engine
          .models()
          .registration(provider.id())
          .map(provider::access)
          .filter(words -> !words.isEmpty())
          .ifPresent(words -> access.put(provider.id(), words));
    }
    ArrayNode replaced = answer.putArray("replaced");
    Set<String> used = new LinkedHashSet<>();
    for (ModelUse use : ModelUse.all(engine.apps())) {
      if (engine.models().isRegistered(use.provider(), use.model())) {
        used.add(use.shown());
      } else {
        describe(replaced, use);
      }
    }
    used.forEach(answer.putArray("used")::add);
    return answer;
  }

  private static void describe(ArrayNode list, ModelUse use) {
    list.addObject()
        .put("workflow", use.workflow())
        .put("node", use.node())
        .put("model", use.shown());
  }

  private JsonNode models(Call call) {
    ModelRegistry models = engine.models();
    ObjectNode answer = Json.object();
    ArrayNode providers = answer.putArray("providers");
    for (ModelProvider provider : models.providers()) {
      ObjectNode one =
          providers.addObject().put("id", provider.id()).put("title", provider.title());
      models
          .registration(provider.id())
          .ifPresentOrElse(
              registration -> {
                one.put("registered", true);
                ObjectNode options = one.putObject("options");
                registration.options().forEach(options::put);
                registration.secrets().keySet().forEach(name -> options.put(name, "***"));
              },
              () -> one.put("registered", false));
      ArrayNode options = one.putArray("known_options");
      for (ModelProvider.Option option : provider.options()) {
        options
            .addObject()
            .put("name", option.name())
            .put("doc", option.doc())
            .put("required", option.required())
            .put("secret", option.secret());
      }
    }
    ObjectNode system = answer.putObject("system");
    for (ModelRegistry.Kind kind : ModelRegistry.Kind.values()) {
      models.system(kind).ifPresent(model -> system.put(kind.key(), model));
    }
    return answer;
  }

  private JsonNode addModel(Call call) {
    List<String> only = new ArrayList<>();
    call.json().path("models").forEach(model -> only.add(model.asText()));
    String provider = AdminOperations.need(call, "provider");
    engine.models().register(provider, AdminOperations.texts(call.json().path("options")), only);
    return models(call);
  }

  private JsonNode removeModel(Call call) {
    List<ModelUse> before =
        ModelUse.all(engine.apps()).stream()
            .filter(use -> engine.models().isRegistered(use.provider(), use.model()))
            .toList();
    ModelRegistry.Removed removed =
        engine.models().remove(call.path("provider"), call.query("force", "false").equals("true"));
    ObjectNode answer = Json.object().put("provider", removed.provider());
    ArrayNode unset = answer.putArray("unset");
    removed
        .unset()
        .forEach((kind, model) -> unset.addObject().put("kind", kind.key()).put("model", model));
    ArrayNode replaced = answer.putArray("replaced");
    before.stream()
        .filter(use -> use.provider().equals(removed.provider()))
        .forEach(use -> describe(replaced, use));
    engine.models().system(ModelRegistry.Kind.CHAT).ifPresent(model -> answer.put("system", model));
    return answer;
  }

  private JsonNode system(Call call) {
    engine
        .models()
        .system(
            kind(AdminOperations.need(call, "kind")),
            AdminOperations.need(call, "provider"),
            AdminOperations.need(call, "model"));
    engine.library().modelsChanged();
    return models(call);
  }

  private static ModelRegistry.Kind kind(String given) {
    for (ModelRegistry.Kind kind : ModelRegistry.Kind.values()) {
      if (kind.name().equalsIgnoreCase(given)) {
        return kind;
      }
    }
    throw Failure.user(
            "invalid_param", "kind: '" + given + "' (expected: chat, embedding or rerank)")
        .asException();
  }

  private JsonNode testModel(Call call) throws InterruptedException {
    ObjectNode body = call.json();
    String provider = body.path("provider").asText("");
    String name = provider.isBlank() ? "" : provider + "/" + body.path("model").asText("");
    String kind = body.path("kind").asText("");
    var trial = new ModelTrial(engine.models(), engine.config().deadlines());
    return trial.of(kind.isBlank() ? trial.kindOf(name) : kind(kind), name);
  }
}
