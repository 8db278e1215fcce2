package dev.yagura.graph.value;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Values as the text that templates insert, and as the markdown of an answer (dify-contract §2.0,
 * the table of forms).
 */
public final class ValueText {
  private ValueText() {}

  /**
   * The text form: null and files are empty, arrays of texts are JSON, other arrays are Python's
   * {@code repr}.
   */
  public static String plain(Value value) {
    return switch (value) {
      case Value.Null none -> "";
      case Value.Text(String text) -> text;
      case Value.Bool flag -> Py.repr(flag);
      case Value.Int number -> Py.repr(number);
      case Value.Real number -> Py.repr(number);
      case Value.Obj object -> JsonText.line(object);
      case Value.File file -> "";
      case Value.Array array -> array(array);
    };
  }

  private static String array(Value.Array array) {
    if (array.items().isEmpty()) {
      return "";
    }
    return switch (ValueType.of(array)) {
      case ARRAY_STRING -> JsonText.line(array);
      case ARRAY_FILE -> "";
      default -> Py.repr(array);
    };
  }

  /**
   * The markdown form: objects are indented JSON, arrays are bullets, files are links or images.
   */
  public static String markdown(Value value) {
    return switch (value) {
      case Value.Obj object -> JsonText.indented(object);
      case Value.File file -> link(file);
      case Value.Array(List<Value> items) ->
          items.stream()
              .map(item -> item instanceof Value.File file ? link(file) : "- " + Py.str(item))
              .collect(Collectors.joining("\n"));
      default -> plain(value);
    };
  }

  private static String link(Value.File file) {
    Map<String, Value> attributes = file.attributes();
    String url = attributes.get("url") instanceof Value.Text(String text) ? text : "";
    String name = attributes.get("filename") instanceof Value.Text(String text) ? text : "";
    boolean image =
        attributes.get("type") instanceof Value.Text(String type) && type.equals("image");
    return image
        ? "![" + name + "](" + url + ")"
        : "[" + (name.isEmpty() ? url : name) + "](" + url + ")";
  }
}
