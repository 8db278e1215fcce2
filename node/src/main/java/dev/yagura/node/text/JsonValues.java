package dev.yagura.node.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.graph.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values from JSON and back. NaN and infinities, which JSON cannot say, become null on the way out;
 * integers beyond 64 bits become floats on the way in.
 */
public final class JsonValues {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonValues() {}

  public static Value fromJson(JsonNode node) {
    if (node.isObject()) {
      Map<String, Value> fields = new LinkedHashMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), fromJson(field.getValue())));
      return Value.asFileOrObject(fields);
    }
    if (node.isArray()) {
      List<Value> items = new ArrayList<>();
      node.forEach(item -> items.add(fromJson(item)));
      return new Value.Array(items);
    }
    if (node.isBoolean()) {
      return Value.bool(node.booleanValue());
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Value.integer(node.longValue());
    }
    if (node.isNumber()) {
      return new Value.Real(node.doubleValue());
    }
    return node.isTextual() ? Value.text(node.textValue()) : Value.NULL;
  }

  public static JsonNode toJson(Value value) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    return switch (value) {
      case Value.Null none -> factory.nullNode();
      case Value.Bool(boolean flag) -> factory.booleanNode(flag);
      case Value.Int(long number) -> factory.numberNode(number);
      case Value.Real(double number) ->
          Double.isFinite(number) ? factory.numberNode(number) : factory.nullNode();
      case Value.Text(String text) -> factory.textNode(text);
      case Value.Array(List<Value> items) -> {
        var array = factory.arrayNode(items.size());
        items.forEach(item -> array.add(toJson(item)));
        yield array;
      }
      case Value.Obj(Map<String, Value> fields) -> object(fields);
      case Value.File(Map<String, Value> attributes) -> object(attributes);
    };
  }

  private static ObjectNode object(Map<String, Value> fields) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    fields.forEach((name, value) -> object.set(name, toJson(value)));
    return object;
  }

  /** The fields of an object as plain Java, integers as long; empty for anything else. */
  public static Map<String, Object> toJava(Value value) {
    return value instanceof Value.Obj
        ? JSON.convertValue(toJson(value), new TypeReference<LinkedHashMap<String, Object>>() {})
        : new LinkedHashMap<>();
  }

  /** The value that a JSON text says; empty where it is no JSON. */
  public static Optional<Value> parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return node.isMissingNode() ? Optional.empty() : Optional.of(fromJson(node));
    } catch (JsonProcessingException noJson) {
      return Optional.empty();
    }
  }
}
