package dev.yagura.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param messages at least one
 * @param parameters by the names of Dify's {@code completion_params}; those that a provider does
 *     not know are dropped
 * @param stop texts that end the answer
 * @param schema JSON schema of the answer, as JSON text; used by models with {@link
 *     Capability#JSON_SCHEMA}
 */
public record ChatRequest(
    List<Message> messages,
    Map<String, Object> parameters,
    List<String> stop,
    @Nullable String schema,
    Deadlines deadlines) {
  public ChatRequest {
    messages = Collections.unmodifiableList(new ArrayList<>(messages));
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    stop = Collections.unmodifiableList(new ArrayList<>(stop));
  }

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }

  /** A turn of the conversation. */
  public record Message(Role role, String text) {}

  /** A number among the parameters, also when it was written as text; null where there is none. */
  public @Nullable Double number(String name) {
    Object value = parameters.get(name);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    try {
      return value instanceof String text ? Double.valueOf(text) : null;
    } catch (NumberFormatException aWord) {
      return null;
    }
  }

  /** As {@link #number}, for whole numbers. */
  public @Nullable Integer integer(String name) {
    Double number = number(name);
    return number == null ? null : number.intValue();
  }
}
