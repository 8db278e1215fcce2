package dev.yagura.node.llm;

import dev.yagura.base.Failure;
import dev.yagura.graph.value.Value;
import dev.yagura.graph.value.ValueText;
import dev.yagura.node.NodeCall;
import dev.yagura.node.text.JsonValues;
import java.util.List;
import java.util.stream.Collectors;

/** What was looked up, as text for a prompt (dify-contract §2.9). */
final class ContextText {
  private ContextText() {}

  static String of(NodeCall call, LlmNode.Context context) {
    Value value = call.find(context.variableSelector());
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Array(List<Value> items) ->
          items.stream().map(ContextText::item).collect(Collectors.joining()).strip();
      case null, default -> "";
    };
  }

  private static String item(Value item) {
    if (item instanceof Value.Text(String text)) {
      return text + "\n";
    }
    if (item instanceof Value.Obj object && object.get("content") instanceof Value.Text content) {
      String summary = object.text("summary", "");
      return (summary.isEmpty() ? "" : summary + "\n") + content.value() + "\n";
    }
    throw Failure.user(
            "InvalidContextStructureError",
            "Invalid context structure: " + ValueText.plain(item) + " (expected: text or content)")
        .asException();
  }

  /** A value as text for the jinja2 edition of a prompt. */
  static String jinja(Value value) {
    return switch (value) {
      case Value.Array(List<Value> items) ->
          items.stream().map(ContextText::jinjaItem).collect(Collectors.joining("\n"));
      case Value.Obj object -> jinjaItem(object);
      default -> ValueText.plain(value);
    };
  }

  private static String jinjaItem(Value item) {
    if (item instanceof Value.Obj object) {
      boolean knowledge =
          object.get("metadata") instanceof Value.Obj metadata
              && metadata.text("_source", "").equals("knowledge");
      return knowledge ? object.text("content", "") : JsonValues.toJson(object).toString();
    }
    return ValueText.plain(item);
  }
}
