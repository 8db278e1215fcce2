package dev.yagura.lambda;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One line of JSON for each thing that happened, as CloudWatch reads it. Names of a finding that do
 * not have the form that AWS gives them are not written: a log is read by programs, too.
 */
record Log(Consumer<String> lines, Timing timing, String requestId, Map<String, String> context) {
  Log(Consumer<String> lines, Timing timing, String requestId) {
    this(lines, timing, requestId, Map.of());
  }

  /** A log whose lines all have one more field; left out where the value has not this form. */
  Log with(String name, String value) {
    if (!value.matches("[A-Za-z0-9][A-Za-z0-9 :/._@-]{0,99}")) {
      return this;
    }
    Map<String, String> more = new TreeMap<>(context);
    more.put(name, value);
    return new Log(lines, timing, requestId, more);
  }

  void info(String message) {
    write("INFO", message, Map.of());
  }

  void info(String message, Map<String, ? extends Number> numbers) {
    write("INFO", message, numbers);
  }

  void warn(String message, Map<String, ? extends Number> numbers) {
    write("WARN", message, numbers);
  }

  void error(String message, Map<String, ? extends Number> numbers) {
    write("ERROR", message, numbers);
  }

  private void write(String level, String message, Map<String, ? extends Number> numbers) {
    JsonObject line = new JsonObject();
    line.addProperty("timestamp", timing.now().toString());
    line.addProperty("level", level);
    line.addProperty("requestId", requestId);
    line.addProperty("message", message);
    context.forEach(line::addProperty);
    new TreeMap<>(numbers).forEach(line::addProperty);
    lines.accept(line.toString());
  }
}
