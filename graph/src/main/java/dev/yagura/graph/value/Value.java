package dev.yagura.graph.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in a workflow: JSON's kinds, with integers and floats apart, and files. Immutable;
 * objects keep the order of their keys. Integers are 64 bits wide: a longer one is read as {@link
 * Real}.
 */
public sealed interface Value {
  Null NULL = new Null();
  Bool TRUE = new Bool(true);
  Bool FALSE = new Bool(false);
  Obj EMPTY = new Obj(Map.of());

  record Null() implements Value {}

  record Bool(boolean value) implements Value {}

  record Int(long value) implements Value {}

  record Real(double value) implements Value {}

  record Text(String value) implements Value {}

  record Array(List<Value> items) implements Value {
    public Array {
      items = Collections.unmodifiableList(new ArrayList<>(items));
    }
  }

  record Obj(Map<String, Value> fields) implements Value {
    public Obj {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The field, or null where there is none (a present null is {@link #NULL}). */
    public @Nullable Value get(String name) {
      return fields.get(name);
    }

    /** This object with one field set; an existing field keeps its place. */
    public Obj with(String name, Value value) {
      var changed = new LinkedHashMap<>(fields);
      changed.put(name, value);
      return new Obj(changed);
    }

    /** This object with all fields of the other set. */
    public Obj with(Obj other) {
      var changed = new LinkedHashMap<>(fields);
      changed.putAll(other.fields);
      return new Obj(changed);
    }

    /** The field as text when it is one, else the fallback. */
    public String text(String name, String fallback) {
      return fields.get(name) instanceof Text text ? text.value() : fallback;
    }
  }

  /**
   * A file by reference. Attributes are those of dify-contract §2.20 (type, name, size, url,
   * extension, mime_type, transfer_method, related_id).
   */
  record File(Map<String, Value> attributes) implements Value {
    /** The value of {@code dify_model_identity} that marks an object as a file. */
    public static final String MARK = "__dify__file__";

    public File {
      attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The attribute; {@code name} is an alias of {@code filename}. Null where there is none. */
    public @Nullable Value attribute(String name) {
      Value value = attributes.get(name);
      return value == null && name.equals("name") ? attributes.get("filename") : value;
    }
  }

  static Text text(String value) {
    return new Text(value);
  }

  static Int integer(long value) {
    return new Int(value);
  }

  static Bool bool(boolean value) {
    return value ? TRUE : FALSE;
  }

  static Array array(Value... items) {
    return new Array(List.of(items));
  }

  /** An object of the given fields, in the order given: name, value, name, value … */
  static Obj object(@Nullable Object... namesAndValues) {
    var fields = new LinkedHashMap<String, Value>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), of(namesAndValues[i + 1]));
    }
    return new Obj(fields);
  }

  /**
   * The value of a plain Java object: null, Boolean, Number, CharSequence, Collection, Map with
   * text keys, or a value. Anything else is refused with an IllegalArgumentException.
   */
  static Value of(@Nullable Object java) {
    return switch (java) {
      case null -> NULL;
      case Value value -> value;
      case Boolean flag -> bool(flag);
      case Integer number -> new Int(number);
      case Long number -> new Int(number);
      case Short number -> new Int(number);
      case Double number -> new Real(number);
      case Float number -> new Real(number);
      case Number number -> new Real(number.doubleValue());
      case CharSequence text -> new Text(text.toString());
      case Iterable<?> items -> {
        var values = new ArrayList<Value>();
        items.forEach(item -> values.add(of(item)));
        yield new Array(values);
      }
      case Map<?, ?> map -> {
        var fields = new LinkedHashMap<String, Value>();
        map.forEach((key, value) -> fields.put(String.valueOf(key), of(value)));
        yield asFileOrObject(fields);
      }
      default ->
          throw new IllegalArgumentException(
              java.getClass().getName() + " (expected: null, boolean, number, text, list or map)");
    };
  }

  /** A file where the fields carry Dify's mark of a file, else an object. */
  static Value asFileOrObject(Map<String, Value> fields) {
    return fields.get("dify_model_identity") instanceof Text(String mark) && mark.equals(File.MARK)
        ? new File(fields)
        : new Obj(fields);
  }
}
