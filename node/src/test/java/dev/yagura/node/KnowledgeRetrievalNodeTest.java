package dev.yagura.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.graph.Outcome;
import dev.yagura.graph.value.Value;
import dev.yagura.knowledge.Hit;
import dev.yagura.knowledge.Knowledge;
import dev.yagura.knowledge.MetadataFilter.Condition;
import dev.yagura.model.Price;
import dev.yagura.model.Usage;
import dev.yagura.node.retrieval.KnowledgeRetrievalNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The node that looks things up, with the items that Dify gives (dify-contract §2.10). */
class KnowledgeRetrievalNodeTest {
  private Knowledge.@Nullable Question asked;

  private final Knowledge knowledge =
      question -> {
        asked = question;
        return new Knowledge.Answer(
                List.of(
                    hit("text", "", List.of(new Hit.Child("c", "part", 2, 0.5))),
                    hit("Who?", "The duty manager.", List.of())),
                "",
                Usage.NONE,
                BigDecimal.ZERO)
            .adding(
                Usage.ofInput(1_000_000, Duration.ofMillis(250)),
                new Price(new BigDecimal("0.02"), BigDecimal.ZERO),
                "vectors are slow");
      };

  private static Hit hit(String text, String answer, List<Hit.Child> children) {
    return new Hit(
        "s",
        "b",
        "Runbooks",
        "d",
        "a.pdf",
        3,
        "H",
        text,
        answer,
        7,
        0.5,
        new Hit.Stages(0.4, 0.6, null),
        children);
  }

  private static Value.Obj config(Object... more) {
    return Value.object(
            "dataset_ids",
            List.of("b"),
            "query_variable_selector",
            List.of("s", "q"),
            "multiple_retrieval_config",
            Value.object(
                "top_k",
                2,
                "score_threshold",
                0.3,
                "reranking_enable",
                false,
                "weights",
                Value.object("vector_setting", Value.object("vector_weight", 0.7))))
        .with(Value.object(more));
  }

  private Outcome.Done run(Value.Obj config) {
    return FakeCall.with("s.q", "scan").run(new KnowledgeRetrievalNode(knowledge), config);
  }

  @Test
  void items_hold_what_dify_says_and_the_settings_of_the_node_count() {
    Outcome.Done done = run(config());
    Value.Obj item = item(done, 0);
    assertThat(item.text("title", "")).isEqualTo("a.pdf");
    assertThat(item.text("content", "")).isEqualTo("H\ntext");
    Value.Obj metadata = (Value.Obj) item.get("metadata");
    assertThat(metadata.text("_source", "")).isEqualTo("knowledge");
    assertThat(metadata.get("position")).isEqualTo(Value.integer(1));
    assertThat(metadata.get("child_chunks").toString()).contains("part");
    assertThat(item(done, 1).text("content", ""))
        .isEqualTo("question:Who? \nanswer:The duty manager.");
    Knowledge.Question question = asked;
    assertThat(question).isNotNull();
    assertThat(question.bases()).containsExactly("b");
    assertThat(question.text()).isEqualTo("scan");
    assertThat(question.search().topK()).isEqualTo(2);
    assertThat(question.search().threshold()).isEqualTo(0.3);
    assertThat(question.search().vectorWeight()).isEqualTo(0.7);
    assertThat(question.search().rerank()).isFalse();
    assertThat(question.filter().isEmpty()).isTrue();
  }

  private static Value.Obj item(Outcome.Done done, int at) {
    return (Value.Obj) ((Value.Array) done.outputs().get("result")).items().get(at);
  }

  @Test
  void the_trace_says_what_it_cost_and_where_scores_come_from() {
    Value.Obj process = (Value.Obj) run(config()).trace().get("process_data");
    assertThat(process.text("note", "")).isEqualTo("vectors are slow");
    Value.Obj usage = (Value.Obj) process.get("usage");
    assertThat(usage.get("total_tokens")).isEqualTo(Value.integer(1_000_000));
    assertThat(usage.text("total_price", "")).isEqualTo("0.02");
    assertThat(usage.get("latency")).isEqualTo(new Value.Real(0.25));
    Value.Obj scores = (Value.Obj) ((Value.Array) process.get("scores")).items().getFirst();
    assertThat(scores.get("words")).isEqualTo(new Value.Real(0.4));
    assertThat(scores.get("vector")).isEqualTo(new Value.Real(0.6));
    assertThat(scores.get("rerank")).isEqualTo(Value.NULL);
  }

  @Test
  void conditions_on_metadata_are_filled_from_the_run() {
    Outcome.Done unused =
        run(
            config(
                "metadata_filtering_mode",
                "manual",
                "metadata_filtering_conditions",
                Value.object(
                    "logical_operator",
                    "or",
                    "conditions",
                    List.of(
                        Value.object(
                            "name", "team", "comparison_operator", "is", "value", "{{#s.q#}}s")))));
    Knowledge.Question question = asked;
    assertThat(question).isNotNull();
    assertThat(question.filter().all()).isFalse();
    assertThat(question.filter().conditions())
        .containsExactly(new Condition("team", "is", "scans"));
  }

  @Test
  void a_query_that_is_no_text_fails_as_upstream() {
    assertThatThrownBy(
            () -> FakeCall.with("s.q", 5).run(new KnowledgeRetrievalNode(knowledge), config()))
        .hasMessage("Query variable is not string type.");
  }
}
