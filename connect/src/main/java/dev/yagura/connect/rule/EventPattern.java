package dev.yagura.connect.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Problem;
import dev.yagura.finding.catalogue.Catalogue;
import java.util.List;
import software.amazon.event.ruler.Machine;

/**
 * An event pattern as EventBridge takes it, compiled. Two fields of one pattern match in the same
 * element of a list only. Safe for many threads.
 */
public final class EventPattern {
  /** Longest pattern, in characters, as EventBridge has it. */
  public static final int MAX_CHARACTERS = 2_048;

  private final String text;
  private final ObjectNode tree;
  private final Machine machine;
  private final Combinations combinations;

  EventPattern(String text, ObjectNode tree, Machine machine) {
    this.text = text;
    this.tree = tree;
    this.machine = machine;
    this.combinations = new Combinations(Condition.leaves(tree));
  }

  /**
   * Compiles a pattern; a FlowException {@code invalid_pattern} says what is wrong with it and
   * where.
   */
  public static EventPattern parse(String json) {
    return PatternCompiler.compile(json);
  }

  /** The pattern as it was written. */
  public String text() {
    return text;
  }

  /** The pattern as JSON. */
  public ObjectNode json() {
    return tree.deepCopy();
  }

  ObjectNode tree() {
    return tree;
  }

  /**
   * Whether the event matches. An event whose lists or texts are so long that they cannot be
   * compared in bounded time does not; {@link #mismatches} says so.
   */
  public boolean matches(JsonNode event) {
    return event.isObject()
        && combinations.areFewIn(event)
        && !machine.rulesForJSONEvent(event).isEmpty();
  }

  boolean isTooMuch(JsonNode event) {
    return !combinations.areFewIn(event);
  }

  /**
   * What is suspicious: fields, values and types that no finding has, so that the pattern, or a
   * part of it, never matches.
   */
  public List<Problem> warnings(Catalogue catalogue) {
    return new PatternWarnings(tree, catalogue).all();
  }

  /** Why an event does not match, field by field; empty where it does. */
  public List<String> mismatches(JsonNode event) {
    return Mismatches.of(this, event);
  }

  @Override
  public String toString() {
    return text;
  }
}
