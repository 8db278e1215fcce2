package dev.yagura.graph.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** dify-contract §2.0 and §10.1. */
class PyTest {
  @Test
  void floats_print_as_in_python() {
    assertThat(Py.real(1.0)).isEqualTo("1.0");
    assertThat(Py.real(0.1)).isEqualTo("0.1");
    assertThat(Py.real(1e15)).isEqualTo("1000000000000000.0");
    assertThat(Py.real(1e16)).isEqualTo("1e+16");
    assertThat(Py.real(1.5e300)).isEqualTo("1.5e+300");
    assertThat(Py.real(0.0001)).isEqualTo("0.0001");
    assertThat(Py.real(0.00001)).isEqualTo("1e-05");
    assertThat(Py.real(-2.5e-7)).isEqualTo("-2.5e-07");
    assertThat(Py.real(-0.0)).isEqualTo("-0.0");
    assertThat(Py.real(Double.NaN)).isEqualTo("nan");
    assertThat(Py.real(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
  }

  @Test
  void lists_and_objects_print_as_in_python() {
    Value value =
        Value.of(
            List.of(
                Value.object("a", 1, "b", Value.NULL),
                Value.text("it's"),
                Value.text("say \"it's\"\n"),
                Value.TRUE,
                Value.text("検知\u200b")));
    assertThat(Py.repr(value))
        .isEqualTo("[{'a': 1, 'b': None}, \"it's\", 'say \"it\\'s\"\\n', True, '検知\\u200b']");
  }

  @Test
  void templates_insert_values_in_the_forms_of_dify() {
    assertThat(ValueText.plain(Value.NULL)).isEmpty();
    assertThat(ValueText.plain(Value.TRUE)).isEqualTo("True");
    assertThat(ValueText.plain(new Value.Real(2.0))).isEqualTo("2.0");
    assertThat(ValueText.plain(Value.object("k", "日本", "n", List.of(1, 2))))
        .isEqualTo("{\"k\": \"日本\", \"n\": [1, 2]}");
    assertThat(ValueText.plain(Value.of(List.of("a", "b")))).isEqualTo("[\"a\", \"b\"]");
    assertThat(ValueText.plain(Value.of(List.of(1, 2.5)))).isEqualTo("[1, 2.5]");
    assertThat(ValueText.plain(Value.array())).isEmpty();
    assertThat(ValueText.markdown(Value.of(List.of("a", 1)))).isEqualTo("- a\n- 1");
    assertThat(ValueText.markdown(Value.object("k", 1))).isEqualTo("{\n  \"k\": 1\n}");
  }

  @Test
  void truth_and_equality_are_those_of_python() {
    assertThat(Py.truth(Value.text(""))).isFalse();
    assertThat(Py.truth(Value.text("false"))).isTrue();
    assertThat(Py.truth(new Value.Real(0))).isFalse();
    assertThat(Py.truth(Value.array())).isFalse();
    assertThat(Py.equal(Value.integer(1), new Value.Real(1.0))).isTrue();
    assertThat(Py.equal(Value.TRUE, Value.integer(1))).isTrue();
    assertThat(Py.equal(Value.text("1"), Value.integer(1))).isFalse();
    assertThat(Py.equal(Value.of(List.of(1)), Value.of(List.of(1.0)))).isTrue();
  }

  @Test
  void numbers_are_read_as_in_python() {
    assertThat(Py.parseInt(" 1_000 ")).isEqualTo(1000);
    assertThat(Py.parseInt("22.0")).isNull();
    assertThat(Py.parseInt("")).isNull();
    assertThat(Py.parseFloat("1e3")).isEqualTo(1000.0);
    assertThat(Py.parseFloat(" .5 ")).isEqualTo(0.5);
    assertThat(Py.parseFloat("inf")).isInfinite();
    assertThat(Py.parseFloat("abc")).isNull();
  }

  @Test
  void types_are_inferred_as_in_dify() {
    assertThat(ValueType.of(Value.of(List.of(1, 2.5)))).isEqualTo(ValueType.ARRAY_NUMBER);
    assertThat(ValueType.of(Value.of(List.of(true)))).isEqualTo(ValueType.ARRAY_BOOLEAN);
    assertThat(ValueType.of(Value.of(List.of(1, "a")))).isEqualTo(ValueType.ARRAY_ANY);
    assertThat(ValueType.of(Value.array())).isEqualTo(ValueType.ARRAY_ANY);
  }
}
