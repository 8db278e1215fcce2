package dev.yagura.node.text;

import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import dev.yagura.graph.value.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with references {@code {{#node.name#}}} (dify-contract §2.0). A reference that leads
 * nowhere leaves {@code node.name}; a text that happens to equal a selector stays text (decision
 * 16).
 */
public final class TextTemplate {
  private static final Pattern REFERENCE =
      Pattern.compile("\\{\\{#([a-zA-Z0-9_]{1,50}(?:\\.[a-zA-Z_][a-zA-Z0-9_]{0,29}){1,10})#}}");

  private final List<Object> parts;

  private TextTemplate(List<Object> parts) {
    this.parts = parts;
  }

  public static TextTemplate parse(String text) {
    List<Object> parts = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(text);
    int from = 0;
    while (matcher.find()) {
      if (matcher.start() > from) {
        parts.add(text.substring(from, matcher.start()));
      }
      parts.add(new Selector(List.of(matcher.group(1).split("\\."))));
      from = matcher.end();
    }
    if (from < text.length()) {
      parts.add(text.substring(from));
    }
    return new TextTemplate(parts);
  }

  /** The variables that it refers to, in order. */
  public List<Selector> references() {
    return parts.stream().filter(Selector.class::isInstance).map(Selector.class::cast).toList();
  }

  /** With values as plain text. */
  public String render(Function<Selector, @Nullable Value> variables) {
    return render(variables, ValueText::plain);
  }

  /** With values as the markdown of an answer. */
  public String markdown(Function<Selector, @Nullable Value> variables) {
    return render(variables, ValueText::markdown);
  }

  private String render(
      Function<Selector, @Nullable Value> variables, Function<Value, String> form) {
    var out = new StringBuilder();
    for (Object part : parts) {
      if (part instanceof Selector selector) {
        Value value = variables.apply(selector);
        out.append(value == null ? selector.dotted() : form.apply(value));
      } else {
        out.append(part);
      }
    }
    return out.toString();
  }
}
