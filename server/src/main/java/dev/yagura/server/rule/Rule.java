package dev.yagura.server.rule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.connect.rule.EventPattern;
import dev.yagura.server.app.JsonRecords;
import java.time.Instant;

/**
 * What is done with the events that a pattern matches.
 *
 * @param order the lowest that matches counts; of equal ones the first by name
 */
public record Rule(String name, int order, EventPattern pattern, Action action) {
  /** Order of a rule that says none. */
  public static final int ORDER = 100;

  private static final int MAX_ORDER = 1_000_000;
  private static final int MAX_REASON = 300;
  private static final int MAX_BY = 120;

  public Rule {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,59}")) {
      throw invalid("name", "'" + name + "'", "letters, digits, '.', '_' and '-', at most 60");
    }
    if (order < 0 || order > MAX_ORDER) {
      throw invalid("order", String.valueOf(order), "0 to " + MAX_ORDER);
    }
  }

  /** What is done. */
  public sealed interface Action {
    /**
     * @param app the id of the app whose published workflow runs
     */
    record Workflow(String app) implements Action {}

    /** Nothing: no workflow runs and no alert goes out. */
    record Ignore() implements Action {}

    /**
     * No alert goes out until a time.
     *
     * @param by who wants it so, or empty
     */
    record Suppress(Instant until, String reason, String by) implements Action {
      public Suppress {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
          throw invalid(
              "reason",
              reason.isBlank() ? "is missing" : reason.length() + " characters",
              "why no alert shall go out, in at most " + MAX_REASON + " characters");
        }
        if (by.length() > MAX_BY) {
          throw invalid("by", by.length() + " characters", "at most " + MAX_BY);
        }
      }
    }
  }

  static FlowException invalid(String what, String given, String expected) {
    return Failure.user("invalid_rule", what + ": " + given + " (expected: " + expected + ")")
        .asException();
  }

  boolean isSuppression() {
    return action instanceof Action.Suppress;
  }

  /** Whether it counts at a time: all do but suppressions that have expired. */
  public boolean isActive(Instant at) {
    return !(action instanceof Action.Suppress(Instant until, String reason, String by))
        || at.isBefore(until);
  }

  static Rule of(String name, ObjectNode json) {
    Action action =
        switch (json.path("action").asText()) {
          case "workflow" -> new Action.Workflow(json.path("app").asText());
          case "suppress" ->
              new Action.Suppress(
                  Instant.parse(json.path("until").asText()),
                  json.path("reason").asText(),
                  json.path("by").asText());
          default -> new Action.Ignore();
        };
    return new Rule(
        name,
        json.path("order").asInt(),
        EventPattern.parse(json.path("pattern").asText()),
        action);
  }

  ObjectNode json() {
    ObjectNode json = JsonRecords.object().put("order", order).put("pattern", pattern.text());
    switch (action) {
      case Action.Workflow(String app) -> json.put("action", "workflow").put("app", app);
      case Action.Ignore() -> json.put("action", "ignore");
      case Action.Suppress(Instant until, String reason, String by) ->
          json.put("action", "suppress")
              .put("until", until.toString())
              .put("reason", reason)
              .put("by", by);
    }
    return json;
  }
}
