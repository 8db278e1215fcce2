package dev.yagura.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.graph.Graph;
import dev.yagura.graph.Node;
import dev.yagura.graph.value.Value;
import dev.yagura.node.start.InputForm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** dify-contract §2.2: the messages that clients match on. */
class InputFormTest {
  private static InputForm form(Object... field) {
    Node start =
        Node.of("start", "start", Node.Kind.START)
            .config(Value.object("variables", List.of(Value.object(field))));
    return InputForm.of(new Graph(List.of(start), List.of(), Map.of("", "start")));
  }

  private static Value fill(InputForm form, Object value) {
    return form.fill(Value.object("x", value)).get("x");
  }

  @Test
  void a_required_input_must_be_there_and_an_empty_text_is_there() {
    InputForm form = form("variable", "x", "type", "text-input", "required", true);
    assertThatThrownBy(() -> form.fill(Value.EMPTY)).hasMessage("x is required in input form");
    assertThat(fill(form, "")).isEqualTo(Value.text(""));
    assertThatThrownBy(() -> fill(form, 5))
        .hasMessage("(type 'text-input') x in input form must be a string");
  }

  @Test
  void texts_are_bounded_and_selects_are_one_of_their_options() {
    assertThatThrownBy(
            () -> fill(form("variable", "x", "type", "paragraph", "max_length", 3), "😀😀😀😀"))
        .hasMessage("x in input form must be less than 3 characters");
    assertThat(fill(form("variable", "x", "type", "paragraph", "max_length", 3), "😀😀😀"))
        .isNotNull();
    assertThatThrownBy(
            () -> fill(form("variable", "x", "type", "select", "options", List.of("a", "b")), "c"))
        .hasMessage("x in input form must be one of the following: ['a', 'b']");
  }

  @Test
  void numbers_flags_files_and_objects_are_converted_or_refused() {
    InputForm number = form("variable", "x", "type", "number");
    assertThat(fill(number, "8")).isEqualTo(Value.integer(8));
    assertThat(fill(number, "8.5")).isEqualTo(new Value.Real(8.5));
    assertThat(fill(number, "")).isEqualTo(Value.NULL);
    assertThatThrownBy(() -> fill(number, "high"))
        .hasMessage("x in input form must be a valid number");
    assertThat(fill(form("variable", "x", "type", "checkbox"), "yes")).isEqualTo(Value.TRUE);
    assertThatThrownBy(() -> fill(form("variable", "x", "type", "file"), "a"))
        .hasMessage("x in input form must be a file");
    assertThatThrownBy(() -> fill(form("variable", "x", "type", "file-list"), List.of("a")))
        .hasMessage("x in input form must be a list of files");
    assertThatThrownBy(() -> fill(form("variable", "x", "type", "json_object"), "{}"))
        .hasMessage("x in input form must be a dict");
  }

  @Test
  void unknown_inputs_are_dropped_and_defaults_fill_in() {
    InputForm form = form("variable", "x", "type", "text-input", "default", "d");
    assertThat(form.fill(Value.object("y", 1))).isEqualTo(Value.object("x", "d"));
  }
}
