package dev.yagura.server.http.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.model.ModelProvider;
import dev.yagura.server.app.ModelRegistry;
import dev.yagura.server.http.Caller;
import dev.yagura.server.http.Json;
import dev.yagura.server.http.Permission;
import dev.yagura.server.http.Requests;
import dev.yagura.server.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;

/** The models of the system by what they are for. */
final class ModelTypeRoutes {
  private static final List<String> TYPES =
      List.of("llm", "text-embedding", "rerank", "speech2text", "moderation", "tts");

  private final ModelRegistry models;

  ModelTypeRoutes(ModelRegistry models) {
    this.models = models;
  }

  void register(Routes routes) {
    routes.add(
        HandlerType.GET,
        "/v1/workspaces/current/models/model-types/{type}",
        Permission.DATASET,
        "The models of a type: llm, text-embedding, rerank.",
        this::list);
  }

  private void list(Context context, Caller caller) {
    String type = context.pathParam("type");
    if (!TYPES.contains(type)) {
      throw Fields.invalidParam("type", type, String.join(", ", TYPES));
    }
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    system(type).ifPresent(name -> data.add(provider(name, type)));
    Requests.answer(context, 200, answer);
  }

  private Optional<String> system(String type) {
    return switch (type) {
      case "llm" -> models.system(ModelRegistry.Kind.CHAT);
      case "text-embedding" -> models.system(ModelRegistry.Kind.EMBEDDING);
      case "rerank" -> models.system(ModelRegistry.Kind.RERANK);
      default -> Optional.empty();
    };
  }

  private ObjectNode provider(String name, String type) {
    ModelProvider provider = models.provider(name.substring(0, name.indexOf('/')));
    String model = name.substring(name.indexOf('/') + 1);
    ObjectNode json = Json.object().put("provider", provider.id());
    label(json, provider.title());
    json.putNull("icon_small").putNull("icon_large").put("status", "active");
    ObjectNode one = json.putArray("models").addObject().put("model", model);
    label(one, model);
    one.put("model_type", type).putNull("features").put("fetch_from", "customizable-model");
    one.putObject("model_properties");
    one.put("deprecated", false).put("status", "active").put("load_balancing_enabled", false);
    return json;
  }

  private static void label(ObjectNode json, String text) {
    json.putObject("label").put("en_US", text).put("zh_Hans", text);
  }
}
