package dev.yagura.server;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of the server: a JSON object per line on standard error. */
public final class JsonLog extends Formatter {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST = 4_000;

  /** Held, so that the levels set on them stay. */
  private static final Logger ROOT = Logger.getLogger("");

  /** Nothing is logged: for commands, which say what they have to say themselves. */
  public static void off() {
    ROOT.setLevel(Level.OFF);
  }

  /**
   * @param level of our own log; libraries log warnings only
   */
  public static void start(String level) {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    var console = new ConsoleHandler();
    console.setFormatter(new JsonLog());
    console.setLevel(Level.ALL);
    ROOT.addHandler(console);
    ROOT.setLevel(Level.WARNING);
    OURS.setLevel(
        switch (level) {
          case "error" -> Level.SEVERE;
          case "warn" -> Level.WARNING;
          case "debug" -> Level.FINE;
          default -> Level.INFO;
        });
  }

  private static final Logger OURS = Logger.getLogger("dev.yagura");

  @Override
  public String format(LogRecord record) {
    ObjectNode line = JSON.createObjectNode();
    line.put("time", Instant.ofEpochMilli(record.getMillis()).toString());
    line.put("level", level(record.getLevel()));
    line.put("logger", String.valueOf(record.getLoggerName()));
    line.put("message", cut(formatMessage(record)));
    if (record.getThrown() != null) {
      var stack = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(stack));
      line.put("exception", cut(stack.toString()));
    }
    return line + "\n";
  }

  private static String level(Level level) {
    return switch (level.getName()) {
      case "SEVERE" -> "error";
      case "WARNING" -> "warn";
      case "INFO" -> "info";
      default -> level.getName().toLowerCase(Locale.ROOT);
    };
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
