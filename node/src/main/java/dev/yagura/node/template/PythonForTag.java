package dev.yagura.node.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.tree.parse.TagToken;
import com.hubspot.jinjava.util.ObjectTruthValue;
import dev.yagura.base.Failure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code for … in … if …} with {@code else}, which the engine's own tag does not know. */
final class PythonForTag extends ForTag {
  private static final long serialVersionUID = 1L;

  @Override
  public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
    return interpretUnchecked(tag, interpreter);
  }

  @Override
  public String interpretUnchecked(TagNode tag, JinjavaInterpreter interpreter) {
    String helpers = tag.getHelpers().strip();
    int in = JinjaExpression.find(helpers, "in");
    if (in < 0) {
      throw Failure.user("", "expected: for NAME in VALUES, got: for " + helpers).asException();
    }
    List<String> names =
        Stream.of(helpers.substring(0, in).replaceAll("[()]", "").split(","))
            .map(String::strip)
            .toList();
    List<Object> items = items(helpers.substring(in + 4), names, tag, interpreter);
    RenderBudget.spend(items.size());
    TagNode body = copy(tag, items.isEmpty());
    if (items.isEmpty()) {
      var out = new StringBuilder();
      body.getChildren().forEach(node -> out.append(node.render(interpreter).getValue()));
      return out.toString();
    }
    return renderForCollection(body, interpreter, names, items);
  }

  private static List<Object> items(
      String source, List<String> names, TagNode tag, JinjavaInterpreter interpreter) {
    int condition = JinjaExpression.find(source, "if");
    String values = condition < 0 ? source : source.substring(0, condition);
    List<Object> items = list(interpreter.resolveELExpression(values, tag.getLineNumber()));
    if (condition < 0) {
      return items;
    }
    RenderBudget.spend(items.size());
    String test = source.substring(condition + 4);
    List<Object> kept = new ArrayList<>();
    try (var _ = interpreter.enterScope()) {
      for (Object item : items) {
        bind(names, item, interpreter);
        if (ObjectTruthValue.evaluate(interpreter.resolveELExpression(test, tag.getLineNumber()))) {
          kept.add(item);
        }
      }
    }
    return kept;
  }

  private static void bind(List<String> names, Object item, JinjavaInterpreter interpreter) {
    if (names.size() == 1) {
      interpreter.getContext().put(names.getFirst(), item);
      return;
    }
    Iterator<Object> parts =
        item instanceof Map.Entry<?, ?> entry
            ? List.<Object>of(entry.getKey(), entry.getValue()).iterator()
            : list(item).iterator();
    for (String name : names) {
      interpreter.getContext().put(name, parts.hasNext() ? parts.next() : null);
    }
  }

  private static List<Object> list(@Nullable Object value) {
    List<Object> items = new ArrayList<>();
    switch (value) {
      case null -> {}
      case Map<?, ?> map -> items.addAll(map.keySet());
      case Iterable<?> many -> many.forEach(items::add);
      case String text -> text.codePoints().mapToObj(Character::toString).forEach(items::add);
      default ->
          throw Failure.user("", "for: " + PythonValues.str(value) + " is no list").asException();
    }
    return items;
  }

  /** The part before {@code else}, or the part after it. */
  private static TagNode copy(TagNode tag, boolean afterElse) {
    var copy = new TagNode(tag.getTag(), (TagToken) tag.getMaster(), tag.getMaster().getSymbols());
    boolean after = false;
    for (Node child : tag.getChildren()) {
      if (!after && child instanceof TagNode inner && inner.getName().equals("else")) {
        after = true;
      } else if (after == afterElse) {
        copy.getChildren().add(child);
      }
    }
    return copy;
  }
}
