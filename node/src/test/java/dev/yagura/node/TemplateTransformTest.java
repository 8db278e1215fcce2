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
        "{{ 7 // 2 }} {{ 7 % 2 }} {{ 1 + 1 }} § 3 1 2",
        "{{ 1+1 }} {{ list[0]+1 }} {{ '+1'+'a+1' }} § 2 2 +1a+1",
        "{% for k in obj %}{{ k }} {% endfor %}. § a s .",
        "{% for k, v in obj.items() %}{{ k }}={{ v }} {% endfor %}. § a={'b': 1} s=x .",
        "{% for x in [3, 1, 2] if x > 1 %}{{ loop.index }}:{{ x }} {% endfor %}. § 1:3 2:2 .",
        "{% for x in [] %}x{% else %}none{% endfor %} § none",
        "{% for x in texts %}{{ x }}{% else %}none{% endfor %} § ab",
        "{% macro m(a, b=2) %}[{{ a }}{{ b }}]{% endmacro %}{{ m(1) }}{{ m(1, b=3) }} § [12][13]",
        "{% set s = namespace(n=0) %}{% for x in [1, 2] %}{% set s.n = s.n + x %}{% endfor %}{{ s.n"
            + " }} § 3",
        "{{ '3.7' | float }} {{ '3.7' | int }} {{ 'x' | int(5) }} § 3.7 3 5",
        "{{ 2.5 | round }} {{ 2.567 | round(2) }} § 2.0 2.57",
        "{{ [3, 1] | max }} {{ [3, 1] | min }} {{ [3, 1] | sum }} § 3 1 4",
        "{{ 'a b c d e f' | truncate(5) }} {{ 'short' | truncate(3) }} § a... short",
        "{{ '%-4.1f|%-3s|%d%%' | format(3, 'a', 7) }} § 3.0 |a  |7%",
        "{{ [1, 2, 3] | batch(2) | list }} § [[1, 2], [3]]",
        "{{ 'a b/c' | urlencode }} § a%20b/c",
        "{{ t[0] }}{{ t[-1] }}{{ t[:2] }} § 日😀日本",
        "{{ 'a,b'.split(',') }} {{ ' x '.strip() }} {{ 'a'.upper() }} § ['a', 'b'] x A",
        "{{ range(3) | list }} {{ range(5, 0, -2) | list }} § [0, 1, 2] [5, 3, 1]",
        "{{ -7 // 2 }} {{ 2 ** 3 }} § -4 8",
        "{{ not t is none }} {{ not 5 in list }} {{ not 1 == 2 }} {{ not none is none }} § True"
            + " True True False",
        "{{ not yes and yes }} {{ (not yes) or yes }} {{ not not yes }} {{ [not yes, yes] }} §"
            + " False True True [False, True]",
        "{{ t is not none }} {{ 5 not in list }} {{ 'a' if not yes else 'not b' }} § True True not"
            + " b",
        "{{ [{'b': 2}, {'b': 1}] | sort(attribute='b') }} § [{'b': 1}, {'b': 2}]",
        "{{ ['b', 'A'] | sort }} {{ [1, 3, 2] | sort(reverse=true) }} § ['A', 'b'] [3, 2, 1]",
        "{{ none }} {{ obj.get('x') }} {{ none == missing }} {{ unknown is none }} § None None True"
            + " False",
        "{{ texts | reverse | join(',') }} {% for x in texts | reverse %}{{ x }}{% endfor %} § b,a"
            + " ba",
        "{{ (t | safe) | length }} {{ 'hi' | first }}{{ 'hi' | last }} {{ obj | list }} § 3 hi"
            + " ['a', 's']",
        "a {{- 's' -}} b {#- c -#} d § asbd",
        "{% for k, v in obj | items %}{{ k }} {% endfor %}. § a s .",
        "{{ 'xxaxx'.strip('x') }} {{ 'a,b,c'.split(',', 1) }} § a ['a', 'b,c']",
        "{{ {'b': 1, 'a': 2} | tojson }} {{ '<' | e }}{{ '\"' | e }} § {\"a\": 2, \"b\": 1}"
            + " &lt;&#34;",
        "{{ '<p>{{ 6*7 }} &amp; <b>x</b></p>' | striptags }} § {{ 6*7 }} & x",
        "{% macro m(x) %}{{ x }}{% if x > 0 %}{{ m(x - 1) }}{% endif %}{% endmacro %}{{ m(3) }} §"
            + " 3210",
        "{% for g in [{'f': 1}, {'f': 2}] | groupby('f') %}{{ g.grouper }}:{{ g.list | length }} {%"
            + " endfor %}. § 1:1 2:1 ."
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
  void pretty_json_keeps_its_lines() {
    assertThat(render("{{ {'a': 1} | tojson(indent=2) }}")).isEqualTo("{\n  \"a\": 1\n}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '\0',
      value = {
        "{{ t | nosuch }} § No filter named 'nosuch'.",
        "{{ t | regex_replace('a', 'b') }} § No filter named 'regex_replace'.",
        "{{ t.getBytes() }} § texts have no method 'getBytes'",
        "{{ list.stream() }} § no method 'stream'",
        "{{ (1).getLong('sun.arch.data.model') }} § no method 'getLong'",
        "{{ filter:upper.filter('a', ____int3rpr3t3r____) }} § no expression of Jinja2",
        "{{ ____int3rpr3t3r____ }} § no expression of Jinja2",
        "{% for x in 3 %}{% endfor %} § 3 is no list",
        "{% for x %}{% endfor %} § expected: for NAME in VALUES",
        "{{ t | length } § Unclosed",
        "{% if yes %}x § Missing end tag",
        "{{ '%d' | format('x') }} § a number is expected"
      })
  void mistakes_fail_instead_of_printing_nothing(String template, String message) {
    assertThatThrownBy(() -> render(template)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '\0',
      value = {
        "{% for i in range(999) %}{% for j in range(999) %}{% endfor %}{% endfor %} § 200000 steps",
        "{% for i in range(999) %}{% for j in range(999) if j > i %}{% endfor %}{% endfor %} §"
            + " steps",
        "{% set x = 'aa' %}{% for i in range(99) %}{% set x = x + x %}{% endfor %} § limit",
        "{% set x = [1] %}{% for i in range(99) %}{% set x = x + x %}{% endfor %} § beyond any use",
        "{% macro a() %}{{ a() }}{{ a() }}{% endmacro %}{{ a() }} § recursion",
        "{% set x = {} %}{% set y = x.update({'a': x}) %}{{ x }} § beyond any use",
        "{% set s = namespace(a=[1]) %}{% for i in range(40) %}{% set s.a = [s.a, s.a] %}{% endfor"
            + " %}{{ s.a ~ '' }} § beyond any use",
        "{% set x = 'a' * 1 %} § coerce",
        "{{ range(9999) | join('aaaaaaaaaa' | indent | replace('a', 'bbbbbbbbbb' | replace('b',"
            + " 'cccccccccccccccccccc'))) }} § too long a text",
        "{{ range(99999999) }} § up to 10000",
        "{{ 'x' | indent(1000000000) }} § up to 10000",
        "{{ '%1000000000d' | format(1) }} § unsupported format"
      })
  void a_template_that_never_ends_or_grows_without_bound_is_stopped(
      String template, String message) {
    assertThatThrownBy(() -> render(template)).hasMessageContaining(message);
  }

  @Test
  void a_template_that_is_nested_without_end_is_refused() {
    String deep = "{{ " + "(".repeat(2_000) + "1" + ")".repeat(2_000) + " }}";
    assertThatThrownBy(() -> render(deep)).hasMessageContaining("nested too deep");
  }

  @Test
  void long_runs_of_blanks_and_brackets_take_no_time() {
    assertThat(render(" ".repeat(200_000) + "{{- 'x' -}}")).isEqualTo("x");
    String evil = "<".repeat(200_000);
    FakeCall call = FakeCall.with("n.t", evil);
    Value.Obj config =
        Value.object("template", "{{ t | striptags }}", "variables", List.of(variable("t")));
    assertThat(call.run(NODE, config).outputs().get("output")).isEqualTo(Value.text(evil));
  }
}
