package dev.yagura.server.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.yagura.server.rule.Rule.Action;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of something that was accepted. It is kept with it, in the place of the app, in the
 * same transaction: a crash cannot come between.
 */
public sealed interface Ruling {
  /**
   * A finding that a workflow explains.
   *
   * @param app the id of the app, or empty for the default one
   */
  record Explained(String app) implements Ruling {}

  /** An event that is no finding, for the workflow of an app. */
  record Event(String app) implements Ruling {}

  /**
   * No alert goes out.
   *
   * @param rule that says so
   * @param suppressed whether for a time; else it is ignored
   * @param reason of the suppression; empty for ignored ones
   */
  record Exempt(String rule, boolean suppressed, String reason) implements Ruling {}

  String EVENT = "event:";
  String EXEMPT = "exempt:";

  /** As it is kept; the id of an app has no colon. */
  default String kept() {
    return switch (this) {
      case Explained(String app) -> app;
      case Event(String app) -> EVENT + app;
      case Exempt(String rule, boolean suppressed, String reason) ->
          EXEMPT
              + JsonNodeFactory.instance
                  .objectNode()
                  .put("rule", rule)
                  .put("suppressed", suppressed)
                  .put("reason", reason);
    };
  }

  /** As it was kept. Where that cannot be read, the finding is explained: an alert goes out. */
  static Ruling of(String kept) {
    if (kept.startsWith(EVENT)) {
      return new Event(kept.substring(EVENT.length()));
    }
    if (kept.startsWith(EXEMPT)) {
      try {
        JsonNode json = new JsonMapper().readTree(kept.substring(EXEMPT.length()));
        return new Exempt(
            json.path("rule").asText(),
            json.path("suppressed").asBoolean(),
            json.path("reason").asText());
      } catch (JsonProcessingException unreadable) {
        return new Explained("");
      }
    }
    return new Explained(kept);
  }

  /** What the rules say about a finding that was handed in for an app, or for none. */
  static Ruling ofFinding(Rules rules, JsonNode event, String app) {
    if (!app.isEmpty()) {
      return rules
          .suppression(event)
          .flatMap(rule -> exempt(rule))
          .orElseGet(() -> new Explained(app));
    }
    Optional<Rule> rule = rules.of(event);
    return rule.flatMap(Ruling::exempt)
        .orElseGet(
            () ->
                new Explained(
                    rule.map(Rule::action)
                        .map(action -> action instanceof Action.Workflow(String own) ? own : "")
                        .orElse("")));
  }

  /** What the rules say about an event that is no finding; empty where it has no place here. */
  static Optional<Ruling> ofEvent(Rules rules, JsonNode event) {
    return rules
        .of(event)
        .map(
            rule ->
                rule.action() instanceof Action.Workflow(String app)
                    ? new Event(app)
                    : exempt(rule).orElseThrow());
  }

  private static Optional<Ruling> exempt(Rule rule) {
    return switch (rule.action()) {
      case Action.Workflow workflow -> Optional.empty();
      case Action.Ignore() -> Optional.of(new Exempt(rule.name(), false, ""));
      case Action.Suppress(Instant until, String reason, String by) ->
          Optional.of(new Exempt(rule.name(), true, reason));
    };
  }
}
