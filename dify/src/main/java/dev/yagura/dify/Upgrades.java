package dev.yagura.dify;

import dev.yagura.graph.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the settings of old files into the newest form (dify-contract §1.2, §10.2). Every change
 * keeps unknown keys.
 */
final class Upgrades {
  private static final Map<String, String> OPERATORS =
      Map.of("is null", "null", "is not null", "not null");

  private Upgrades() {}

  /** The node's settings in the newest form. */
  static Value.Obj data(Value.Obj data) {
    String type = data.text("type", "");
    return switch (type) {
      case "variable-assigner" -> data.with("type", Value.text("variable-aggregator"));
      case "if-else" -> conditions(cases(data));
      case "loop" -> breakConditions(data);
      case "http-request" -> httpBody(data);
      case "llm", "question-classifier", "parameter-extractor" -> provider(data);
      default -> data;
    };
  }

  /** Old: conditions at the top. New: a list of cases. Where both stand, the cases win. */
  private static Value.Obj cases(Value.Obj data) {
    if (data.get("cases") instanceof Value.Array
        || !(data.get("conditions") instanceof Value.Array old)) {
      return data;
    }
    Value.Obj only =
        Value.object(
            "case_id",
            "true",
            "logical_operator",
            data.text("logical_operator", "and"),
            "conditions",
            old);
    return data.with("cases", Value.array(only));
  }

  private static Value.Obj conditions(Value.Obj data) {
    return data.get("cases") instanceof Value.Array(List<Value> cases)
        ? data.with("cases", new Value.Array(cases.stream().map(Upgrades::operators).toList()))
        : data;
  }

  private static Value.Obj breakConditions(Value.Obj data) {
    Value conditions = data.get("break_conditions");
    return conditions == null ? data : data.with("break_conditions", operators(conditions));
  }

  /**
   * The editor writes {@code is null} and {@code is not null}; the engine's words are {@code null}
   * and {@code not null}.
   */
  private static Value operators(Value value) {
    return switch (value) {
      case Value.Array(List<Value> items) ->
          new Value.Array(items.stream().map(Upgrades::operators).toList());
      case Value.Obj(Map<String, Value> fields) -> {
        var changed = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> changed.put(name, operators(field)));
        if (changed.get("comparison_operator") instanceof Value.Text(String operator)
            && OPERATORS.containsKey(operator)) {
          changed.put("comparison_operator", Value.text(OPERATORS.get(operator)));
        }
        yield new Value.Obj(changed);
      }
      default -> value;
    };
  }

  /**
   * Old: the body is one text. New: a list of items; forms are split into lines {@code key:value}.
   */
  private static Value.Obj httpBody(Value.Obj data) {
    if (!(data.get("body") instanceof Value.Obj body)
        || !(body.get("data") instanceof Value.Text(String text))) {
      return data;
    }
    String type = body.text("type", "none");
    boolean form = type.equals("form-data") || type.equals("x-www-form-urlencoded");
    List<Value> items = form ? formItems(text) : new ArrayList<>();
    if (!form && !text.isEmpty()) {
      items.add(Value.object("key", "", "type", "text", "value", text));
    }
    return data.with("body", body.with("data", new Value.Array(items)));
  }

  private static List<Value> formItems(String text) {
    List<Value> items = new ArrayList<>();
    text.lines()
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              String key = colon < 0 ? line : line.substring(0, colon);
              String value = colon < 0 ? "" : line.substring(colon + 1);
              items.add(Value.object("key", key.strip(), "type", "text", "value", value.strip()));
            });
    return items;
  }

  /**
   * A short provider name {@code x} is {@code langgenius/x/x}; Google's models are in the plugin
   * {@code gemini}.
   */
  private static Value.Obj provider(Value.Obj data) {
    if (!(data.get("model") instanceof Value.Obj model)
        || !(model.get("provider") instanceof Value.Text(String provider))
        || provider.isEmpty()
        || provider.indexOf('/') >= 0) {
      return data;
    }
    String plugin = provider.equals("google") ? "gemini" : provider;
    return data.with(
        "model", model.with("provider", Value.text("langgenius/" + plugin + "/" + provider)));
  }

  /** Old: images alone could be uploaded. New: {@code file_upload} for every kind of file. */
  static Value.Obj features(@Nullable Value features) {
    if (!(features instanceof Value.Obj all)) {
      return Value.EMPTY;
    }
    if (!(all.get("file_upload") instanceof Value.Obj upload)
        || !(upload.get("image") instanceof Value.Obj image)
        || !Value.TRUE.equals(image.get("enabled"))) {
      return all;
    }
    Value limit = image.get("number_limits");
    Value methods = image.get("transfer_methods");
    var changed = new LinkedHashMap<>(upload.fields());
    changed.remove("image");
    changed.put("enabled", Value.TRUE);
    changed.put("number_limits", limit == null ? Value.integer(3) : limit);
    changed.put(
        "allowed_file_upload_methods",
        methods == null ? Value.of(List.of("remote_url", "local_file")) : methods);
    changed.putIfAbsent("allowed_file_types", Value.of(List.of("image")));
    changed.putIfAbsent("allowed_file_extensions", Value.array());
    return all.with("file_upload", new Value.Obj(changed));
  }
}
