package dev.yagura.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.graph.value.Value;
import dev.yagura.node.template.TemplateTransformNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** dify-contract §2.0 (Jinja2), §2.7 and §10.1: what people see is what Python would print. */
class TemplateTransformTest {
  private static final TemplateTransformNode NODE = new TemplateTransformNode();

  private static String render(String template) {
    Value.Obj config =
        Value.object(
            "template",
            template,
            "variables",
            List.of(
                variable("t"),
                variable("list"),
                variable("obj"),
                variable("none"),
                variable("yes"),
                variable("real"),
                variable("missing"),
                variable("texts")));
    FakeCall call =
        FakeCall.with(
            "n.t",
            "日本😀",
            "n.list",
            List.of(1, 2.5, true),
            "n.obj",
            Value.object("a", Value.object("b", 1), "s", "x"),
            "n.none",
            Value.NULL,
            "n.yes",
            true,
            "n.real",
            2.0,
            "n.texts",
            List.of("a", "b"));
    return ((Value.Text) call.run(NODE, config).outputs().get("output")).value();
  }

  private static Value variable(String name) {
    return Value.object("variable", name, "value_selector", List.of("n", name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '\0',
      value = {
        "{{ t }} § 日本😀",
        "{{ list }} § [1, 2.5, True]",
        "{{ obj }} § {'a': {'b': 1}, 's': 'x'}",
        "{{ obj.a.b }} § 1",
        "{{ obj['s'] }} § x",
        "{{ obj.get('s') }} § x",
        "{{ none }} § None",
        "{{ missing }} § None",
        "{{ yes }} § True",
        "{{ real }} § 2.0",
        "[{{ unknown }}] § []",
        "{% for x in list %}{{ loop.index }}:{{ x }} {% endfor %}. § 1:1 2:2.5 3:True .",
        "{{ texts | join('-') }} § a-b",
        "{{ list | join(', ') }} § 1, 2.5, True",
        "{{ t | length }} § 3",
        "{{ t | replace('日', 'に') }} § に本😀",
        "{% if none %}a{% else %}b{% endif %} § b",
        "{% if none is none %}a{% else %}b{% endif %} § a",
        "{% if yes %}a{% endif %} § a",
        "{{ '1.5' | float + 1 }} § 2.5",
        "{{ obj | tojson }} § {\"a\": {\"b\": 1}, \"s\": \"x\"}",
        "{{ t | tojson }} § \"\\u65e5\\u672c\\ud83d\\ude00\"",
        "{{ unknown | default('d') }} § d",
        "{{ 7 // 2 }} {{ 7 % 2 }} {{ 1 + 1 }} § 3 1 2"
      })
  void values_print_as_in_python(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected);
  }

  @Test
  void one_trailing_newline_is_dropped_and_values_are_not_templates_again() {
    assertThat(render("a\n")).isEqualTo("a");
    FakeCall call = FakeCall.with("n.t", "{{ 1 + 1 }} {% include 'x' %}");
    Value.Obj config = Value.object("template", "{{ t }}", "variables", List.of(variable("t")));
    assertThat(call.run(NODE, config).outputs().get("output"))
        .isEqualTo(Value.text("{{ 1 + 1 }} {% include 'x' %}"));
  }

  @Test
  void templates_cannot_reach_classes_files_or_other_templates() {
    assertThatThrownBy(() -> render("{{ t.getClass() }}")).hasMessageContaining("getClass");
    assertThat(render("{{ t.class }}{{ ''.class.forName('java.lang.Runtime') }}")).isEmpty();
    assertThatThrownBy(() -> render("{% include '/etc/passwd' %}"))
        .hasMessageContaining("disabled");
  }

  @Test
  void a_template_that_never_ends_or_grows_without_bound_is_stopped() {
    assertThatThrownBy(
            () ->
                render(
                    "{% for i in range(9999) %}{% for j in range(9999) %}xxxxxxxxxx{% endfor %}{%"
                        + " endfor %}"))
        .hasMessageContaining("rror");
  }
}
