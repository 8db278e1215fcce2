package dev.yagura.aws;

import dev.yagura.model.ChatRequest;
import dev.yagura.model.ChatRequest.Message;
import dev.yagura.model.ChatRequest.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** A request in the form of Converse (guardduty §5.1). */
final class ConverseRequests {
  private static final int DEFAULT_REASONING = 1024;

  private ConverseRequests() {}

  static ConverseStreamRequest of(String model, ChatRequest request, BedrockSettings settings) {
    List<Message> spoken =
        request.messages().stream().filter(message -> message.role() != Role.SYSTEM).toList();
    List<Message> system =
        request.messages().stream().filter(message -> message.role() == Role.SYSTEM).toList();
    var builder =
        ConverseStreamRequest.builder()
            .modelId(model)
            .messages(messages(spoken.isEmpty() ? system : spoken))
            .inferenceConfig(inference(model, request))
            .overrideConfiguration(
                override -> override.apiCallTimeout(request.deadlines().total().plusSeconds(1)));
    if (!spoken.isEmpty()) {
      builder.system(
          system.stream().map(message -> SystemContentBlock.fromText(message.text())).toList());
    }
    Document more = additional(model, request);
    if (more != null) {
      builder.additionalModelRequestFields(more);
    }
    String guardrail = settings.guardrail();
    if (guardrail != null) {
      builder.guardrailConfig(
          config ->
              config.guardrailIdentifier(guardrail).guardrailVersion(settings.guardrailVersion()));
    }
    return builder.build();
  }

  /** Turns must alternate and begin with the user: neighbours of one role become one turn. */
  private static List<software.amazon.awssdk.services.bedrockruntime.model.Message> messages(
      List<Message> spoken) {
    List<software.amazon.awssdk.services.bedrockruntime.model.Message> messages = new ArrayList<>();
    List<ContentBlock> turn = new ArrayList<>();
    ConversationRole role = ConversationRole.USER;
    for (Message message : spoken) {
      ConversationRole next =
          message.role() == Role.ASSISTANT ? ConversationRole.ASSISTANT : ConversationRole.USER;
      if (next != role && !turn.isEmpty()) {
        messages.add(turn(role, turn));
        turn = new ArrayList<>();
      }
      role = next;
      if (messages.isEmpty() && role == ConversationRole.ASSISTANT) {
        messages.add(turn(ConversationRole.USER, List.of(ContentBlock.fromText("…"))));
      }
      turn.add(ContentBlock.fromText(message.text()));
    }
    messages.add(turn(role, turn));
    return messages;
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.Message turn(
      ConversationRole role, List<ContentBlock> content) {
    return software.amazon.awssdk.services.bedrockruntime.model.Message.builder()
        .role(role)
        .content(content)
        .build();
  }

  /** Temperature and top_p only where the workflow sets them and the model takes them. */
  private static InferenceConfiguration inference(String model, ChatRequest request) {
    var builder = InferenceConfiguration.builder();
    Integer most = request.integer("max_tokens");
    if (most != null) {
      builder.maxTokens(most);
    }
    Double temperature = request.number("temperature");
    Double topP = request.number("top_p");
    boolean sampling = !BedrockModels.refusesSampling(model) && !thinks(request);
    if (sampling && temperature != null) {
      builder.temperature(temperature.floatValue());
    }
    if (sampling
        && topP != null
        && (temperature == null || !BedrockModels.takesOneOfTemperatureAndTopP(model))) {
      builder.topP(topP.floatValue());
    }
    if (!request.stop().isEmpty()) {
      builder.stopSequences(request.stop());
    }
    return builder.build();
  }

  private static boolean thinks(ChatRequest request) {
    return "true".equals(String.valueOf(request.parameters().get("reasoning_type")));
  }

  private static @Nullable Document additional(String model, ChatRequest request) {
    if (!model.contains("anthropic.")) {
      return null;
    }
    Integer topK = request.integer("top_k");
    if (thinks(request)) {
      Integer budget = request.integer("reasoning_budget");
      return Document.fromMap(
          Map.of(
              "thinking",
              Document.fromMap(
                  Map.of(
                      "type",
                      Document.fromString("enabled"),
                      "budget_tokens",
                      Document.fromNumber(budget == null ? DEFAULT_REASONING : budget)))));
    }
    return topK == null || BedrockModels.refusesSampling(model)
        ? null
        : Document.fromMap(Map.of("top_k", Document.fromNumber(topK)));
  }
}
