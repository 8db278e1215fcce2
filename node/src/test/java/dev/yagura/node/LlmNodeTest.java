package dev.yagura.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.egress.EgressClient;
import dev.yagura.egress.EgressRules;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Value;
import dev.yagura.knowledge.Knowledge;
import dev.yagura.model.Capability;
import dev.yagura.model.ChatAnswer;
import dev.yagura.model.ChatModel;
import dev.yagura.model.ChatRequest;
import dev.yagura.model.Deadlines;
import dev.yagura.model.Models;
import dev.yagura.model.Price;
import dev.yagura.model.TokenListener;
import dev.yagura.model.Usage;
import dev.yagura.node.llm.LlmNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Prompts, answers and what was looked up. */
class LlmNodeTest {
  private final List<ChatRequest> asked = new ArrayList<>();
  private String answer = "It was a scan.";
  private Set<Capability> capabilities = Set.of();

  private final ChatModel model =
      new ChatModel() {
        @Override
        public String name() {
          return "test/model";
        }

        @Override
        public Set<Capability> capabilities() {
          return capabilities;
        }

        @Override
        public ChatAnswer chat(ChatRequest request, TokenListener tokens) {
          asked.add(request);
          tokens.heard(answer);
          return new ChatAnswer(
              answer,
              "",
              "end_turn",
              new Usage(1000, 200, Duration.ofMillis(300), Duration.ofMillis(900)));
        }
      };

  private final Services services =
      new Services(
          new Floor(Catalogue.load()),
          new Models() {
            @Override
            public Chosen<ChatModel> chat(String provider, String name, Map<String, Object> given) {
              return new Chosen<>(model, "other than " + name, Price.of("claude-haiku-4-5"));
            }
          },
          Knowledge.NONE,
          new EgressClient(EgressRules.STRICT),
          FileShelf.NONE,
          Deadlines.DEFAULT);

  private Outcome.Done run(FakeCall call, Value.Obj config) {
    return call.run(new LlmNode(services), config);
  }

  private static Value.Obj config(Object... more) {
    return Value.object(
            "model",
            Value.object(
                "provider",
                "bedrock",
                "name",
                "claude",
                "completion_params",
                Value.object("max_tokens", 64, "stop", List.of("END"))))
        .with(Value.object(more));
  }

  private static Value message(String role, String text) {
    return Value.object("role", role, "text", text);
  }

  @Test
  void expands_references_and_puts_in_what_was_looked_up_without_reading_it() {
    FakeCall call =
        FakeCall.with(
            "start.name",
            "root",
            "k.result",
            List.of(Value.object("content", "first {{#start.name#}}"), Value.text("second")));
    Outcome.Done done =
        run(
            call,
            config(
                "context",
                Value.object("enabled", true, "variable_selector", List.of("k", "result")),
                "prompt_template",
                List.of(
                    message("system", "About {{#start.name#}}."),
                    message("user", "[{{#context#}}]"),
                    message("assistant", " "))));
    assertThat(asked.getFirst().messages())
        .extracting(ChatRequest.Message::text)
        .containsExactly("About root.", "[first {{#start.name#}}\nsecond]");
    assertThat(asked.getFirst().stop()).containsExactly("END");
    assertThat(asked.getFirst().parameters()).containsOnlyKeys("max_tokens");
    assertThat(done.outputs().get("text")).isEqualTo(Value.text("It was a scan."));
    Value.Obj usage = (Value.Obj) done.outputs().get("usage");
    assertThat(usage.get("total_tokens")).isEqualTo(Value.integer(1200));
    assertThat(usage.text("total_price", "")).isEqualTo("0.002");
    Value.Obj process = (Value.Obj) done.trace().get("process_data");
    assertThat(process.text("note", "")).isEqualTo("other than claude");
    assertThat(process.text("model_name", "")).isEqualTo("test/model");
  }

  @Test
  void a_missing_reference_and_an_empty_prompt_fail() {
    assertThatThrownBy(
            () ->
                run(
                    FakeCall.with(),
                    config("prompt_template", List.of(message("user", "{{#a.b#}}")))))
        .hasMessage("Variable #a.b# not found");
    assertThatThrownBy(
            () -> run(FakeCall.with(), config("prompt_template", List.of(message("user", "")))))
        .hasMessageStartingWith("No prompt found in the LLM configuration.");
  }

  @Test
  void a_jinja_prompt_gets_every_value_as_text() {
    run(
        FakeCall.with("s.list", List.of(1, "b"), "s.o", Value.object("a", 1)),
        config(
            "prompt_config",
            Value.object(
                "jinja2_variables",
                List.of(
                    Value.object("variable", "l", "value_selector", List.of("s", "list")),
                    Value.object("variable", "o", "value_selector", List.of("s", "o")))),
            "prompt_template",
            List.of(
                Value.object(
                    "role", "user", "edition_type", "jinja2", "jinja2_text", "{{ l }}|{{ o }}"))));
    assertThat(asked.getFirst().messages().getFirst().text()).isEqualTo("1\nb|{\"a\":1}");
  }

  @Test
  void structured_output_is_read_from_what_the_model_says() {
    answer = "Here it is:\n```json\n{severity: 'HIGH', 'steps': [1,],}\n```";
    Value.Obj schema = Value.object("type", "object");
    Outcome.Done done =
        run(
            FakeCall.with(),
            config(
                "structured_output_enabled",
                true,
                "structured_output",
                Value.object("schema", schema),
                "prompt_template",
                List.of(message("user", "Judge."))));
    assertThat(done.outputs().get("structured_output"))
        .isEqualTo(Value.object("severity", "HIGH", "steps", List.of(1)));
    assertThat(asked.getFirst().messages().getFirst().text()).contains("{\"type\":\"object\"}");
    assertThat(asked.getFirst().schema()).isNull();
    answer = "no";
    assertThatThrownBy(
            () ->
                run(
                    FakeCall.with(),
                    config(
                        "structured_output_enabled",
                        true,
                        "structured_output",
                        Value.object("schema", schema),
                        "prompt_template",
                        List.of(message("user", "Judge.")))))
        .hasMessageStartingWith("Failed to parse structured output:");
  }

  @Test
  void thoughts_are_cut_out_where_the_node_wants_them_apart() {
    answer = "<think>hm</think>\n\nYes.";
    Outcome.Done done =
        run(
            FakeCall.with(),
            config(
                "reasoning_format", "separated", "prompt_template", List.of(message("user", "?"))));
    assertThat(done.outputs().get("text")).isEqualTo(Value.text("Yes."));
    assertThat(done.outputs().get("reasoning_content")).isEqualTo(Value.text("hm"));
  }
}
