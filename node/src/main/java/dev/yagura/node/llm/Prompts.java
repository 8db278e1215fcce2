package dev.yagura.node.llm;

import dev.yagura.base.Failure;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.model.ChatRequest.Message;
import dev.yagura.model.ChatRequest.Role;
import dev.yagura.node.NodeCall;
import dev.yagura.node.template.JinjaTemplates;
import dev.yagura.node.text.TextTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the messages of an llm node. What was looked up is put in whole, after the references have
 * been replaced: text from outside is never read as a template.
 */
final class Prompts {
  private static final String CONTEXT = "{{#context#}}";
  private static final JinjaTemplates TEMPLATES = new JinjaTemplates();

  private final LlmNode.Config config;
  private final NodeCall call;
  private final String context;
  private final Map<String, Value> inputs = new LinkedHashMap<>();

  Prompts(LlmNode.Config config, NodeCall call) {
    this.config = config;
    this.call = call;
    this.context = config.context().enabled() ? ContextText.of(call, config.context()) : "";
    if (!context.isEmpty()) {
      inputs.put("#context#", Value.text(context));
    }
  }

  /** The variables that the prompts refer to, for the trace. */
  Value.Obj inputs() {
    return new Value.Obj(inputs);
  }

  List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    if (config.promptTemplate() instanceof Value.Array(List<Value> items)) {
      items.forEach(item -> add(messages, item));
    } else {
      add(messages, config.promptTemplate());
    }
    if (config.memory() instanceof Value.Obj memory) {
      String query = memory.text("query_prompt_template", "");
      boolean chat = call.find(Selector.of("sys", "query")) != null;
      if (chat) {
        add(messages, Role.USER, basic(query.isEmpty() ? "{{#sys.query#}}" : query));
      }
    }
    return messages;
  }

  private void add(List<Message> messages, Value item) {
    if (item instanceof Value.Obj one) {
      boolean jinja = one.text("edition_type", "").equals("jinja2");
      String text = jinja ? jinja(one.text("jinja2_text", "")) : basic(one.text("text", ""));
      add(messages, role(one.text("role", "user")), text);
    }
  }

  private static void add(List<Message> messages, Role role, String text) {
    if (!text.isBlank()) {
      messages.add(new Message(role, text));
    }
  }

  private static Role role(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "system" -> Role.SYSTEM;
      case "assistant" -> Role.ASSISTANT;
      default -> Role.USER;
    };
  }

  private String basic(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(java.util.regex.Pattern.quote(CONTEXT), -1)) {
      parts.add(TextTemplate.parse(part).render(this::variable));
    }
    return String.join(context, parts);
  }

  private Value variable(Selector selector) {
    Value value = call.find(selector);
    if (value == null) {
      throw Failure.user("VariableNotFoundError", "Variable #" + selector.dotted() + "# not found")
          .asException();
    }
    inputs.put("#" + selector.dotted() + "#", value);
    return value;
  }

  /** Every value is passed as text, unlike in template-transform. */
  private String jinja(String template) {
    Map<String, Value> variables = new LinkedHashMap<>();
    for (LlmNode.JinjaVariable one : config.promptConfig().jinja2Variables()) {
      Value value = call.find(one.valueSelector());
      if (value == null) {
        throw Failure.user("VariableNotFoundError", "Variable " + one.variable() + " not found")
            .asException();
      }
      inputs.put("#" + one.valueSelector().dotted() + "#", value);
      variables.put(one.variable(), Value.text(ContextText.jinja(value)));
    }
    return TEMPLATES.render(template, variables);
  }

  /** The messages with the order to keep to a schema, for models that do not by themselves. */
  static List<Message> withSchema(List<Message> messages, String schema) {
    String order =
        "Answer with one JSON object that fits this JSON schema, and with nothing else:\n" + schema;
    List<Message> all = new ArrayList<>(messages);
    if (all.getFirst().role() == Role.SYSTEM) {
      all.set(0, new Message(Role.SYSTEM, all.getFirst().text() + "\n\n" + order));
    } else {
      all.addFirst(new Message(Role.SYSTEM, order));
    }
    return all;
  }
}
