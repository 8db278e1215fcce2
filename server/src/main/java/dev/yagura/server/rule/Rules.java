package dev.yagura.server.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.FlowException;
import dev.yagura.base.Suggestion;
import dev.yagura.server.app.JsonRecords;
import dev.yagura.server.rule.Rule.Action;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules, in the order in which they are asked: suppressions before everything else, then by
 * order and name. The first that matches counts.
 */
public final class Rules {
  private static final Logger LOG = LoggerFactory.getLogger(Rules.class);

  /** Most rules. */
  public static final int MOST = 100;

  /** Longest suppression. */
  public static final Duration LONGEST = Duration.ofDays(366);

  private final JsonRecords records;
  private final InstantSource clock;
  private volatile List<Rule> all;

  public Rules(JsonRecords records, InstantSource clock) {
    this.records = records;
    this.clock = clock;
    this.all = read();
  }

  private List<Rule> read() {
    List<Rule> read = new ArrayList<>();
    records.all().forEach((name, json) -> rule(name, json).ifPresent(read::add));
    read.sort(
        Comparator.comparing((Rule rule) -> !rule.isSuppression())
            .thenComparingInt(Rule::order)
            .thenComparing(Rule::name));
    return List.copyOf(read);
  }

  /** A rule that another version has written and this one cannot read lets alerts out. */
  private static Optional<Rule> rule(String name, ObjectNode json) {
    try {
      return Optional.of(Rule.of(name, json));
    } catch (FlowException | DateTimeException unreadable) {
      LOG.error("rule {} does not count, it cannot be read: {}", name, unreadable.getMessage());
      return Optional.empty();
    }
  }

  /** All rules in the order in which they are asked. */
  public List<Rule> all() {
    return all;
  }

  public boolean isActive(Rule rule) {
    return rule.isActive(clock.instant());
  }

  /** Sets a rule; one of the same name is replaced. True where there was one. */
  public synchronized boolean put(Rule rule) {
    boolean before = all.stream().anyMatch(one -> one.name().equals(rule.name()));
    if (!before && all.size() >= MOST) {
      throw Rule.invalid("rules", "there are " + MOST, "at most that; remove one");
    }
    if (rule.action() instanceof Action.Suppress(Instant until, String reason, String by)) {
      Instant now = clock.instant();
      if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
        throw Rule.invalid(
            "until", until.toString(), "later than now, by at most " + LONGEST.toDays() + " days");
      }
    }
    records.put(rule.name(), rule.json());
    all = read();
    return before;
  }

  /** Removes a rule; a FlowException that names what is near where there is none. */
  public synchronized void remove(String name) {
    if (!records.delete(name)) {
      List<String> names = all.stream().map(Rule::name).toList();
      String near = Suggestion.nearest(name, names);
      throw Rule.invalid(
          "name",
          "there is no rule '" + name + "'" + (near == null ? "" : " (did you mean " + near + "?)"),
          names.isEmpty() ? "add one first" : "one of " + String.join(", ", names));
    }
    all = read();
  }

  /** The rule that takes the event, if any. */
  public Optional<Rule> of(JsonNode event) {
    return first(event, false);
  }

  /** The suppression that takes the event, if any: they count for whoever sends it. */
  public Optional<Rule> suppression(JsonNode event) {
    return first(event, true);
  }

  private Optional<Rule> first(JsonNode event, boolean suppressions) {
    Instant now = clock.instant();
    return all.stream()
        .filter(rule -> !suppressions || rule.isSuppression())
        .filter(rule -> rule.isActive(now))
        .filter(rule -> rule.pattern().matches(event))
        .findFirst();
  }
}
