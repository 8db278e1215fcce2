package dev.yagura.node.config;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Selector;
import dev.yagura.graph.value.Value;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record of a node's settings out of what the file says. Unknown keys are ignored,
 * missing ones have their defaults (dify-contract §1.2, reader rule); a value of the wrong kind is
 * a failure that says where and what was expected.
 */
public final class Settings {
  private Settings() {}

  /** The record; a FlowException where a value is of the wrong kind. */
  public static <C extends Record> C bind(Class<C> type, Value.Obj data) {
    return record(type, data, "");
  }

  private static <C extends Record> C record(Class<C> type, Value.Obj data, String path) {
    Shape shape = SHAPES.get(type);
    @Nullable Object[] values = new Object[shape.parts().size()];
    for (int i = 0; i < values.length; i++) {
      Part part = shape.parts().get(i);
      Value value = data.get(part.name());
      if ((value == null || value instanceof Value.Null) && part.fallback() != null) {
        value = part.fallback();
      }
      values[i] =
          convert(part.type(), value, path.isEmpty() ? part.name() : path + "." + part.name());
    }
    return type.cast(shape.construct(values));
  }

  /** What is known of a kind of record: reflection is slow, and nodes are bound for each run. */
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  private record Part(String name, Type type, @Nullable Value fallback) {
    static Part of(RecordComponent component) {
      Setting setting = component.getAnnotation(Setting.class);
      String name =
          setting != null && !setting.name().isEmpty()
              ? setting.name()
              : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      String fallback = setting == null ? "" : setting.orElse();
      return new Part(
          name, component.getGenericType(), fallback.isEmpty() ? null : Value.text(fallback));
    }
  }

  private record Shape(List<Part> parts, Constructor<?> constructor) {
    static Shape of(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
      try {
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return new Shape(Stream.of(components).map(Part::of).toList(), constructor);
      } catch (NoSuchMethodException defect) {
        throw new IllegalStateException(type + " is no record of settings", defect);
      }
    }

    Object construct(@Nullable Object[] values) {
      try {
        return constructor.newInstance(values);
      } catch (InvocationTargetException inside) {
        throw inside.getCause() instanceof RuntimeException refused
            ? refused
            : new IllegalStateException(inside);
      } catch (ReflectiveOperationException defect) {
        throw new IllegalStateException(
            constructor.getDeclaringClass() + " cannot be made from settings", defect);
      }
    }
  }

  private static @Nullable Object convert(Type type, @Nullable Value given, String path) {
    Value value = given == null ? Value.NULL : given;
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? list(generic.getActualTypeArguments()[0], value, path)
          : map(generic.getActualTypeArguments()[1], value, path);
    }
    if (!(type instanceof Class<?> kind)) {
      throw new IllegalStateException(type + " is no kind of setting");
    }
    if (kind == Value.class) {
      return value;
    }
    if (kind == Value.Obj.class) {
      return value instanceof Value.Obj object ? object : empty(value, path, "an object");
    }
    if (kind == Selector.class) {
      return selector(value, path);
    }
    if (kind.isRecord()) {
      Value.Obj data = value instanceof Value.Obj object ? object : empty(value, path, "an object");
      return record(kind.asSubclass(Record.class), data, path);
    }
    return scalar(kind, value, path);
  }

  private static Value.Obj empty(Value value, String path, String expected) {
    if (value instanceof Value.Null) {
      return Value.EMPTY;
    }
    throw wrong(value, path, expected);
  }

  private static Object scalar(Class<?> kind, Value value, String path) {
    if (kind == String.class) {
      return switch (value) {
        case Value.Null none -> "";
        case Value.Text(String text) -> text;
        case Value.Int number -> Py.str(number);
        case Value.Real number -> Py.str(number);
        case Value.Bool flag -> Py.str(flag);
        default -> throw wrong(value, path, "text");
      };
    }
    if (kind == boolean.class) {
      return switch (value) {
        case Value.Null none -> false;
        case Value.Bool(boolean flag) -> flag;
        case Value.Text(String text) when text.equals("true") || text.equals("false") ->
            text.equals("true");
        default -> throw wrong(value, path, "true or false");
      };
    }
    Double number =
        value instanceof Value.Text(String text) ? Py.parseFloat(text) : Py.number(value);
    if (number == null && !(value instanceof Value.Null)) {
      throw wrong(value, path, "a number");
    }
    double exact = number == null ? 0 : number;
    return kind == double.class ? (Object) exact : (Object) (int) exact;
  }

  private static Selector selector(Value value, String path) {
    if (value instanceof Value.Null) {
      return new Selector(List.of());
    }
    if (value instanceof Value.Text(String dotted)) {
      return new Selector(dotted.isEmpty() ? List.of() : List.of(dotted.split("\\.")));
    }
    List<String> parts = new ArrayList<>();
    if (value instanceof Value.Array(List<Value> items)) {
      for (Value item : items) {
        parts.add(item instanceof Value.Null ? "" : Py.str(item));
      }
      return new Selector(parts);
    }
    throw wrong(value, path, "a list of names");
  }

  private static List<Object> list(Type element, Value value, String path) {
    if (value instanceof Value.Null || value.equals(Value.text(""))) {
      return List.of();
    }
    if (!(value instanceof Value.Array(List<Value> items))) {
      throw wrong(value, path, "a list");
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Object item = convert(element, items.get(i), path + "[" + i + "]");
      if (item != null) {
        list.add(item);
      }
    }
    return List.copyOf(list);
  }

  private static Map<String, Object> map(Type element, Value value, String path) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Value.Obj(Map<String, Value> fields)) {
      fields.forEach(
          (name, field) -> {
            Object item = convert(element, field, path + "." + name);
            if (item != null) {
              map.put(name, item);
            }
          });
    }
    return map;
  }

  private static FlowException wrong(Value value, String path, String expected) {
    String shown = Py.repr(value);
    return Failure.user(
            "InvalidSetting",
            path
                + ": "
                + (shown.length() > 80 ? shown.substring(0, 80) + "…" : shown)
                + " (expected: "
                + expected
                + ")")
        .asException();
  }
}
