package dev.yagura.node.llm;

import dev.yagura.base.Failure;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.model.Capability;
import dev.yagura.model.ChatAnswer;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest;
import dev.yagura.model.ChatRequest.Message;
import dev.yagura.model.Models;
import dev.yagura.node.NodeCall;
import dev.yagura.node.NodeType;
import dev.yagura.node.Services;
import dev.yagura.node.config.Setting;
import dev.yagura.node.text.JsonValues;
import dev.yagura.node.text.LenientJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks a model (dify-contract §2.9). */
public final class LlmNode implements NodeType<LlmNode.Config> {
  /**
   * @param promptTemplate a list of messages in chat mode, one object in completion mode
   */
  public record Config(
      @Setting(doc = "The model; one that is not registered here becomes the system model.")
          Model model,
      @Setting(doc = "The messages.") Value promptTemplate,
      PromptConfig promptConfig,
      @Setting(doc = "Memory of a chat.") Value memory,
      @Setting(doc = "What was looked up, for {{#context#}}.") Context context,
      boolean structuredOutputEnabled,
      @Setting(doc = "JSON schema of the answer.") StructuredOutput structuredOutput,
      @Setting(doc = "separated cuts <think> out of the text.", orElse = "tagged")
          String reasoningFormat) {}

  public record Model(
      String provider,
      String name,
      @Setting(orElse = "chat") String mode,
      Value completionParams) {}

  public record PromptConfig(List<JinjaVariable> jinja2Variables) {}

  public record JinjaVariable(String variable, Selector valueSelector) {}

  public record Context(boolean enabled, Selector variableSelector) {}

  public record StructuredOutput(Value schema) {}

  private final Services services;

  public LlmNode(Services services) {
    this.services = services;
  }

  @Override
  public String type() {
    return "llm";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Outcome run(Config config, NodeCall call) throws InterruptedException {
    var prompts = new Prompts(config, call);
    List<Message> messages = prompts.messages();
    if (messages.isEmpty()) {
      throw Failure.user(
              "NoPromptFoundError",
              "No prompt found in the LLM configuration. Please ensure a prompt is properly"
                  + " configured before proceeding.")
          .asException();
    }
    Map<String, Object> parameters = JsonValues.toJava(config.model().completionParams());
    Models.Chosen<ChatModel> chosen =
        services.models().chat(config.model().provider(), config.model().name(), parameters);
    ChatModel model = chosen.model();
    ChatRequest request = request(config, parameters, messages, model);
    ChatAnswer answer = model.chat(request, piece -> call.emit("text", piece));
    call.emit("text", "");
    return outcome(config, prompts, request, chosen, answer);
  }

  private ChatRequest request(
      Config config, Map<String, Object> parameters, List<Message> messages, ChatModel model) {
    List<String> stop = new ArrayList<>();
    if (parameters.remove("stop") instanceof List<?> texts) {
      texts.forEach(text -> stop.add(String.valueOf(text)));
    }
    String schema =
        config.structuredOutputEnabled()
            ? JsonValues.toJson(config.structuredOutput().schema()).toString()
            : null;
    boolean byItself = model.capabilities().contains(Capability.JSON_SCHEMA);
    return new ChatRequest(
        schema == null || byItself ? messages : Prompts.withSchema(messages, schema),
        parameters,
        stop,
        byItself ? schema : null,
        services.deadlines());
  }

  private static Outcome outcome(
      Config config,
      Prompts prompts,
      ChatRequest request,
      Models.Chosen<ChatModel> chosen,
      ChatAnswer answer) {
    Thoughts thoughts = Thoughts.of(answer, config.reasoningFormat().equals("separated"));
    Value.Obj usage = UsageValues.of(answer.usage(), chosen.price());
    Value.Obj outputs =
        Value.object(
            "text",
            thoughts.text(),
            "reasoning_content",
            thoughts.reasoning(),
            "usage",
            usage,
            "finish_reason",
            answer.finish());
    if (config.structuredOutputEnabled()) {
      outputs = outputs.with("structured_output", structured(Thoughts.of(answer, true).text()));
    }
    Value.Obj process =
        Value.object(
            "model_mode",
            config.model().mode(),
            "prompts",
            request.messages().stream()
                .map(
                    one ->
                        Value.object(
                            "role",
                            one.role().name().toLowerCase(Locale.ROOT),
                            "text",
                            one.text(),
                            "files",
                            Value.array()))
                .toList(),
            "usage",
            usage,
            "finish_reason",
            answer.finish(),
            "model_provider",
            config.model().provider(),
            "model_name",
            chosen.model().name());
    if (!chosen.note().isEmpty()) {
      process = process.with("note", Value.text(chosen.note()));
    }
    return Outcome.Done.of(outputs)
        .trace(Value.object("inputs", prompts.inputs(), "process_data", process));
  }

  private static Value.Obj structured(String text) {
    return LenientJson.object(text)
        .orElseThrow(
            () ->
                Failure.upstream(
                        "OutputParserError",
                        "Failed to parse structured output: the answer holds no JSON object"
                            + " (expected: one that fits the schema)",
                        true)
                    .asException());
  }
}
