package dev.yagura.dify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.Problem;
import dev.yagura.graph.Node;
import dev.yagura.graph.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifyReaderTest {
  private static String resource(String name) {
    try (var in = DifyReaderTest.class.getResourceAsStream("/dsl/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Imported read(String text) {
    return DifyReader.read("flow.yml", text);
  }

  private static List<String> messages(Imported imported) {
    return imported.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void a_workflow_is_read_with_its_branches_error_strategies_and_variables() {
    Imported imported = read(resource("branching.yml"));
    assertThat(imported.problems()).isEmpty();
    assertThat(imported.status()).isEqualTo(Imported.Status.COMPLETED_WITH_WARNINGS);
    Workflow workflow = imported.workflow().orElseThrow();
    assertThat(workflow.graph().nodes().stream().map(Node::id))
        .containsExactly("start", "check", "risky", "end");
    Node risky = workflow.graph().node("risky");
    assertThat(risky.onError()).isEqualTo(new Node.OnError.FailBranch());
    assertThat(risky.retry()).isEqualTo(new Node.Retry(3, Duration.ofMillis(200)));
    assertThat(workflow.graph().edges().get(1).handle()).isEqualTo("true");
    assertThat(workflow.plainEnvironment()).isEqualTo(Value.object("language", "ja"));
    assertThat(workflow.environment().get(1).toString()).doesNotContain("s3cret");
    assertThat(workflow.nodes().get(1).place()).hasToString("flow.yml:19:9");
  }

  @Test
  void the_editors_spelling_of_operators_is_accepted() {
    Workflow workflow = read(resource("branching.yml")).workflow().orElseThrow();
    assertThat(workflow.graph().node("check").config().toString())
        .contains("not null")
        .doesNotContain("is not null");
  }

  @Test
  void an_iteration_of_an_old_file_gets_a_start_node() {
    Imported imported = read(resource("old-iteration.yml"));
    assertThat(messages(imported)).isEmpty();
    Workflow workflow = imported.workflow().orElseThrow();
    assertThat(workflow.version()).isEqualTo("0.1.0");
    Node start = workflow.graph().node("2start");
    assertThat(start.type()).isEqualTo("iteration-start");
    assertThat(start.parent()).isEqualTo("2");
    assertThat(workflow.graph().edges().toString()).contains("source=2start");
    assertThat(workflow.graph().node("4").type()).isEqualTo("variable-aggregator");
  }

  @Test
  void an_edge_to_a_node_that_is_not_there_is_an_error_with_a_place_and_a_suggestion() {
    String text = resource("branching.yml").replace("target: risky,", "target: risly,");
    assertThat(messages(read(text)))
        .containsExactly(
            "flow.yml:41:9: error: the edge 'b' names the node 'risly', which is not in the file"
                + " (did you mean risky?)");
  }

  @Test
  void a_cycle_is_shown() {
    String text =
        resource("branching.yml")
            .replace(
                "    edges:",
                "    edges:\n      - {source: end, sourceHandle: source, target: check}");
    Imported imported = read(text);
    assertThat(imported.status()).isEqualTo(Imported.Status.FAILED);
    assertThat(messages(imported).toString()).contains("Check (check)", "lead in a circle");
  }

  @Test
  void an_unknown_node_type_is_a_warning() {
    Imported imported = read(resource("branching.yml").replace("type: tool", "type: tol"));
    assertThat(imported.workflow()).isPresent();
    assertThat(messages(imported).toString())
        .contains("warning: Risky (risky): unknown node type 'tol'", "did you mean tool?");
  }

  @Test
  void what_is_no_workflow_is_refused_and_says_why() {
    assertThat(messages(read("[1, 2]")).toString())
        .contains("Invalid YAML format: content must be a mapping");
    assertThat(messages(read("a: [1")))
        .singleElement()
        .asString()
        .contains("flow.yml:1:6: error: no valid YAML");
    assertThat(messages(read("version: 0.3\napp: {}")).toString())
        .contains("Invalid version type, expected str, got float");
    assertThat(messages(read("kind: app")).toString()).contains("Missing app data in YAML content");
    assertThat(messages(read("app: {mode: chat}")).toString())
        .contains("an app of mode chat has no workflow");
    assertThat(messages(read("app: {mode: workfow}")).toString())
        .contains("did you mean workflow?");
    assertThat(messages(read("app: {mode: workflow}")).toString())
        .contains("Missing workflow data for workflow/advanced chat app");
    assertThat(messages(read("app: {mode: workflow}\nworkflow: {graph: {nodes: []}}")).toString())
        .contains("Graph must have at least one node");
    assertThat(messages(read("")).toString()).contains("content must be a mapping");
  }

  @Test
  void a_file_of_a_newer_version_is_pending() {
    Imported imported = read(resource("branching.yml").replace("0.3.1", "0.9.0"));
    assertThat(imported.status()).isEqualTo(Imported.Status.PENDING);
    assertThat(imported.workflow()).isPresent();
  }

  @Test
  void a_tag_that_would_make_an_object_is_refused() {
    assertThat(messages(read("app: !!python/object/apply:os.system ['id']")).toString())
        .contains("error");
    assertThat(messages(read("app: !!javax.script.ScriptEngineManager 'x'")).toString())
        .containsIgnoringCase("tag is not allowed");
  }

  @Test
  void a_yaml_bomb_is_refused_in_bounded_time() {
    var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append("*a%d,".formatted(i - 1).repeat(10)).append("]\n");
    }
    assertThat(messages(read(bomb.toString()))).singleElement().asString().contains("error");
    var deep = "[".repeat(5_000);
    assertThat(messages(read(deep))).singleElement().asString().contains("error");
  }

  @Test
  void more_nodes_than_allowed_are_refused() {
    var text = new StringBuilder("app: {mode: workflow}\nworkflow:\n  graph:\n    nodes:\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("    - {id: n%d, data: {type: start}}\n".formatted(i));
    }
    assertThat(messages(read(text.toString())))
        .containsExactly(
            "flow.yml:5:5: error: 10000 nodes and 0 edges (expected: at most 5000 and 20000)");
  }

  @Test
  void scalars_are_read_as_pyyaml_does() throws Exception {
    Value value =
        YamlDocument.parse(
                "t",
                """
                [1e5, 1.5e3, 1.5e+3, yes, Off, 010, 0x1F, 1_000, 2024-01-01, ~, '1', 190:20:30, .5, -.inf]
                """)
            .value();
    assertThat(value)
        .isEqualTo(
            Value.array(
                Value.text("1e5"),
                Value.text("1.5e3"),
                new Value.Real(1500),
                Value.TRUE,
                Value.FALSE,
                Value.integer(8),
                Value.integer(31),
                Value.integer(1000),
                Value.text("2024-01-01"),
                Value.NULL,
                Value.text("1"),
                Value.integer(685230),
                new Value.Real(0.5),
                new Value.Real(Double.NEGATIVE_INFINITY)));
  }

  @Test
  void bad_variables_are_reported_one_by_one() {
    String text =
        resource("branching.yml")
            .replace("value_type: string, value: ja", "value_type: number, value: ja")
            .replace("value_type: secret", "value_type: secrt");
    assertThat(messages(read(text)).toString())
        .contains("variable language: invalid number value \"ja\"")
        .contains("variable token: not supported value type secrt");
  }

  @Test
  void aliases_of_themselves_long_numbers_and_texts_that_multiply_are_refused_or_stay_text()
      throws Exception {
    assertThat(messages(read("x: &a [*a]")))
        .singleElement()
        .asString()
        .contains("an alias of itself");
    assertThat(messages(read("x: &a {k: *a}")))
        .singleElement()
        .asString()
        .contains("an alias of itself");
    String base60 = "1" + ":1".repeat(20_000);
    assertThat(YamlDocument.parse("t", "x: " + base60).value())
        .isEqualTo(Value.object("x", base60));
    String digits = "9".repeat(1_000_000);
    assertThat(YamlDocument.parse("t", "x: " + digits).value())
        .isEqualTo(Value.object("x", digits));
    String text = "a: &a '" + "t".repeat(100_000) + "'\nl: [" + "*a,".repeat(200) + "]";
    assertThat(messages(read(text)))
        .singleElement()
        .asString()
        .contains("when its aliases are expanded");
  }

  @Test
  void ids_that_yaml_reads_as_numbers_are_ids() {
    String text =
        """
        app: {name: n, mode: workflow}
        workflow:
          graph:
            nodes:
              - {id: 1, data: {type: start, title: S}}
              - {id: 2, data: {type: end, title: E, outputs: []}}
            edges: [{source: 1, target: 2}, {source: 1}]
        """;
    Imported imported = read(text);
    assertThat(imported.workflow().orElseThrow().graph().edges()).hasSize(1);
    assertThat(messages(imported))
        .containsExactly("flow.yml:7:37: warning: an edge without source or target is ignored");
  }

  @Test
  void containers_inside_themselves_and_foreign_first_nodes_are_named() {
    String text =
        """
        app: {name: n, mode: workflow}
        workflow:
          graph:
            nodes:
              - {id: s, data: {type: start, title: S}}
              - {id: a, PARENT data: {type: loop, title: A, start_node_id: bs}}
              - {id: b, data: {type: loop, title: B, start_node_id: bs}}
              - {id: bs, parentId: b, data: {type: loop-start, title: ''}}
            edges: [{source: s, target: a}, {source: a, target: b}]
        """;
    assertThat(messages(read(text.replace("PARENT", "parentId: a,"))).toString())
        .contains("it is inside itself");
    assertThat(read(text.replace("PARENT", "")).workflow()).isPresent();
    assertThat(messages(read(text.replace("PARENT", "").replace("id: s,", "id: s/1,"))).toString())
        .contains("is no id of a node");
  }
}
