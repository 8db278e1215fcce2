package dev.yagura.run.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.graph.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values in a journal. Unlike plain JSON it keeps files apart from objects, floats apart from
 * integers, NaN and infinities, and puts a large text into the blobs, once, however often it is
 * named.
 */
public final class ValueJson {
  /** Texts from this many characters on are kept apart. */
  public static final int LARGE = 1_000;

  private static final String BLOB = "$blob";
  private static final String REAL = "$real";
  private static final String OBJECT = "$object";
  private static final String FILE = "$file";

  /** Where large texts are kept, by their digest. */
  public interface Blobs {
    /** Keeps the text and gives its key; the same key for the same text. */
    String keep(String text);

    /** The text of a key; an IllegalStateException where there is none. */
    String read(String key);
  }

  private final Blobs blobs;

  public ValueJson(Blobs blobs) {
    this.blobs = blobs;
  }

  public JsonNode write(Value value) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    return switch (value) {
      case Value.Null none -> factory.nullNode();
      case Value.Bool(boolean flag) -> factory.booleanNode(flag);
      case Value.Int(long number) -> factory.numberNode(number);
      case Value.Real(double number) -> factory.objectNode().put(REAL, Double.toString(number));
      case Value.Text(String text) ->
          text.length() < LARGE
              ? factory.textNode(text)
              : factory.objectNode().put(BLOB, blobs.keep(text));
      case Value.Array(List<Value> items) -> {
        var array = factory.arrayNode(items.size());
        items.forEach(item -> array.add(write(item)));
        yield array;
      }
      case Value.Obj(Map<String, Value> fields) -> object(fields);
      case Value.File(Map<String, Value> attributes) -> {
        ObjectNode file = factory.objectNode();
        file.set(FILE, object(attributes));
        yield file;
      }
    };
  }

  private ObjectNode object(Map<String, Value> fields) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    boolean mistakable = false;
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      mistakable |= field.getKey().startsWith("$");
      object.set(field.getKey(), write(field.getValue()));
    }
    if (!mistakable) {
      return object;
    }
    ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
    wrapped.set(OBJECT, object);
    return wrapped;
  }

  public Value read(JsonNode json) {
    if (json.isObject()) {
      if (json.has(BLOB) && json.size() == 1) {
        return Value.text(blobs.read(json.get(BLOB).asText()));
      }
      if (json.has(REAL) && json.size() == 1) {
        return new Value.Real(Double.parseDouble(json.get(REAL).asText()));
      }
      if (json.has(FILE) && json.size() == 1 && read(json.get(FILE)) instanceof Value.Obj file) {
        return new Value.File(file.fields());
      }
      boolean wrapped = json.has(OBJECT) && json.size() == 1;
      Map<String, Value> fields = new LinkedHashMap<>();
      (wrapped ? json.get(OBJECT) : json)
          .properties()
          .forEach(field -> fields.put(field.getKey(), read(field.getValue())));
      return new Value.Obj(fields);
    }
    if (json.isArray()) {
      List<Value> items = new ArrayList<>();
      json.forEach(item -> items.add(read(item)));
      return new Value.Array(items);
    }
    if (json.isBoolean()) {
      return Value.bool(json.booleanValue());
    }
    if (json.isIntegralNumber()) {
      return Value.integer(json.longValue());
    }
    return json.isTextual() ? Value.text(json.textValue()) : Value.NULL;
  }
}
