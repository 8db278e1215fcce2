package dev.yagura.node.template;

import com.hubspot.jinjava.util.HasObjectTruthValue;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as the template engine wants them, and their text as Python prints it. */
final class PythonValues {
  private PythonValues() {}

  /** Python's None: it prints, unlike a variable that is not there. */
  static final class None implements HasObjectTruthValue {
    static final None NONE = new None();

    private None() {}

    @Override
    public boolean getObjectTruthValue() {
      return false;
    }

    @Override
    public String toString() {
      return "None";
    }
  }

  static Object toTemplate(Value value) {
    return switch (value) {
      case Value.Null none -> None.NONE;
      case Value.Bool(boolean flag) -> flag;
      case Value.Int(long number) -> number;
      case Value.Real(double number) -> number;
      case Value.Text(String text) -> text;
      case Value.Array(List<Value> items) -> {
        List<Object> list = new ArrayList<>();
        items.forEach(item -> list.add(toTemplate(item)));
        yield list;
      }
      case Value.Obj(Map<String, Value> fields) -> map(fields);
      case Value.File(Map<String, Value> attributes) -> map(attributes);
    };
  }

  private static Map<String, Object> map(Map<String, Value> fields) {
    Map<String, Object> map = new LinkedHashMap<>();
    fields.forEach((name, value) -> map.put(name, toTemplate(value)));
    return map;
  }

  /** Back to a value; what the engine makes of its own (safe strings, dates) becomes text. */
  static Value fromTemplate(@Nullable Object object) {
    return switch (object) {
      case null -> Value.NULL;
      case None none -> Value.NULL;
      case Boolean flag -> Value.bool(flag);
      case Number number -> Value.of(number);
      case Map<?, ?> map -> {
        Map<String, Value> fields = new LinkedHashMap<>();
        map.forEach((key, value) -> fields.put(String.valueOf(key), fromTemplate(value)));
        yield new Value.Obj(fields);
      }
      case Object[] items -> fromTemplate(Arrays.asList(items));
      case Map.Entry<?, ?> entry -> fromTemplate(Arrays.asList(entry.getKey(), entry.getValue()));
      case Iterable<?> items -> {
        List<Value> values = new ArrayList<>();
        items.forEach(item -> values.add(fromTemplate(item)));
        yield new Value.Array(values);
      }
      default -> Value.text(object.toString());
    };
  }

  /** {@code str(object)}; a variable that is not there prints nothing. */
  static String str(@Nullable Object object) {
    return object == null ? "" : Py.str(fromTemplate(object));
  }
}
