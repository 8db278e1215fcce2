package dev.yagura.node.start;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.graph.Graph;
import dev.yagura.graph.Node;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import dev.yagura.node.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks and converts the inputs of a run before it starts; the messages are Dify's, because
 * clients match on them (dify-contract §2.2). Unknown inputs are dropped.
 */
public final class InputForm {
  private final List<InputField> fields;

  private InputForm(List<InputField> fields) {
    this.fields = fields;
  }

  /** The form of a workflow's start node; an empty one where there is no start node. */
  public static InputForm of(Graph graph) {
    for (Node node : graph.nodes()) {
      if (node.type().equals("start")) {
        return new InputForm(variables(node));
      }
    }
    return new InputForm(List.of());
  }

  private static List<InputField> variables(Node node) {
    try {
      return Settings.bind(StartNode.Config.class, node.config()).variables();
    } catch (FlowException wrong) {
      throw new FlowException(
          Failure.user(
              wrong.failure().code(), "node " + node.id() + ": " + wrong.failure().message()),
          wrong);
    }
  }

  public List<InputField> fields() {
    return fields;
  }

  /**
   * The inputs as the run gets them; a FlowException {@code invalid_param} for the first that does
   * not fit.
   */
  public Value.Obj fill(Value.Obj given) {
    Map<String, Value> filled = new LinkedHashMap<>();
    for (InputField field : fields) {
      filled.put(field.variable(), value(field, given.get(field.variable())));
    }
    return new Value.Obj(filled);
  }

  private static Value value(InputField field, @Nullable Value given) {
    Value value = given == null ? Value.NULL : given;
    if (value instanceof Value.Null) {
      if (field.required()) {
        throw invalid(field.variable() + " is required in input form");
      }
      value = field.fallback();
      if (value instanceof Value.Null) {
        return value;
      }
    }
    return switch (field.type()) {
      case "text-input", "paragraph" -> text(field, value);
      case "select" -> select(field, text(field, value));
      case "number" -> number(field, value);
      case "checkbox" -> checkbox(field, value);
      case "file" -> file(field, value);
      case "file-list" -> files(field, value);
      case "json_object" -> {
        if (!(value instanceof Value.Obj)) {
          throw invalid(field.variable() + " in input form must be a dict");
        }
        yield value;
      }
      default -> value;
    };
  }

  private static Value.Text text(InputField field, Value value) {
    if (!(value instanceof Value.Text(String text))) {
      throw invalid(
          "(type '" + field.type() + "') " + field.variable() + " in input form must be a string");
    }
    if (field.maxLength() > 0 && text.codePointCount(0, text.length()) > field.maxLength()) {
      throw invalid(
          field.variable()
              + " in input form must be less than "
              + field.maxLength()
              + " characters");
    }
    return new Value.Text(text.replace("\u0000", ""));
  }

  private static Value select(InputField field, Value.Text text) {
    if (!field.options().contains(text.value())) {
      throw invalid(
          field.variable()
              + " in input form must be one of the following: "
              + Py.repr(Value.of(field.options())));
    }
    return text;
  }

  private static Value number(InputField field, Value value) {
    if (value instanceof Value.Int || value instanceof Value.Real) {
      return value;
    }
    if (value instanceof Value.Text(String text)) {
      if (text.isEmpty()) {
        return Value.NULL;
      }
      Long whole = Py.parseInt(text);
      Double real = text.contains(".") ? Py.parseFloat(text) : null;
      if (real != null || whole != null) {
        return real != null ? new Value.Real(real) : Value.integer(whole == null ? 0 : whole);
      }
    }
    throw invalid(field.variable() + " in input form must be a valid number");
  }

  private static Value checkbox(InputField field, Value value) {
    return switch (value) {
      case Value.Bool flag -> flag;
      case Value.Int(long number) when number == 0 || number == 1 -> Value.bool(number == 1);
      case Value.Text(String text) ->
          switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> Value.TRUE;
            case "false", "0", "no", "off" -> Value.FALSE;
            default -> throw invalid(field.variable() + " in input form must be a boolean value");
          };
      default -> throw invalid(field.variable() + " in input form must be a boolean value");
    };
  }

  private static Value file(InputField field, Value value) {
    if (value.equals(Value.text(""))) {
      return Value.NULL;
    }
    if (value instanceof Value.File file) {
      return file;
    }
    if (value instanceof Value.Obj object && object.get("transfer_method") != null) {
      return new Value.File(
          object.with("dify_model_identity", Value.text(Value.File.MARK)).fields());
    }
    throw invalid(field.variable() + " in input form must be a file");
  }

  private static Value files(InputField field, Value value) {
    if (value.equals(Value.text(""))) {
      return Value.NULL;
    }
    if (!(value instanceof Value.Array(List<Value> items))) {
      throw invalid(field.variable() + " in input form must be a list of files");
    }
    if (field.maxLength() > 0 && items.size() > field.maxLength()) {
      throw invalid(
          field.variable() + " in input form must be less than " + field.maxLength() + " files");
    }
    List<Value> files = new ArrayList<>();
    for (Value item : items) {
      try {
        files.add(file(field, item));
      } catch (FlowException noFile) {
        throw new FlowException(
            Failure.user(
                "invalid_param", field.variable() + " in input form must be a list of files"),
            noFile);
      }
    }
    return new Value.Array(files);
  }

  private static FlowException invalid(String message) {
    return Failure.user("invalid_param", message).asException();
  }
}
