package dev.yagura.finding;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An attack sequence, summed up (guardduty.md §2.6): it may hold 100 signals and 400 resources. All
 * lists are cut to {@link Facts#MAX_LISTED}, all texts are cleaned.
 *
 * @param signals how many signals
 * @param signalNames finding types and API names of the first signals
 * @param actors users and processes
 * @param resources names of resources
 * @param description GuardDuty's own text, which holds names from the account
 */
public record SequenceFacts(
    int signals,
    List<String> signalNames,
    List<String> tactics,
    List<String> techniques,
    List<String> actors,
    List<String> addresses,
    List<String> resources,
    int resourceCount,
    List<String> apis,
    String description) {

  /** Longest description shown. */
  public static final int DESCRIPTION = 1_200;

  /** The sequence; null where the finding is about none. */
  static @Nullable SequenceFacts of(Tree body) {
    Tree at = body.at("service.detection.sequence");
    boolean named = body.text("type", "").startsWith("AttackSequence:");
    if (!at.isPresent() && !named) {
      return null;
    }
    String description = at.text("description", body.text("description", ""));
    List<Tree> signals = at.list("signals");
    return new SequenceFacts(
        signals.size(),
        names(signals, "name"),
        indicators(at, "ATTACK_TACTIC"),
        indicators(at, "ATTACK_TECHNIQUE"),
        actors(at),
        names(at.list("endpoints"), "ip"),
        resources(at),
        at.list("resources").size(),
        indicators(at, "HIGH_RISK_API"),
        Untrusted.clean(description, DESCRIPTION));
  }

  private static List<String> actors(Tree at) {
    Set<String> names = new LinkedHashSet<>();
    for (Tree actor : at.list("actors")) {
      add(names, actor.text("user.name"));
      add(names, actor.text("process.path", actor.text("process.name", "")));
    }
    return names.stream().toList();
  }

  private static List<String> resources(Tree at) {
    Set<String> names = new LinkedHashSet<>();
    for (Tree resource : at.list("resources")) {
      String name = resource.text("name", resource.text("uid", ""));
      if (!name.isEmpty()) {
        add(names, name);
      }
    }
    return names.stream().toList();
  }

  private static List<String> names(List<Tree> items, String key) {
    Set<String> names = new LinkedHashSet<>();
    items.forEach(item -> add(names, item.text(key)));
    return names.stream().toList();
  }

  private static List<String> indicators(Tree at, String key) {
    Set<String> values = new LinkedHashSet<>();
    List<Tree> all = new ArrayList<>(at.list("sequenceIndicators"));
    at.list("signals").forEach(signal -> all.addAll(signal.list("signalIndicators")));
    for (Tree indicator : all) {
      if (key.equals(indicator.text("key"))) {
        indicator.texts("values").forEach(value -> add(values, value));
      }
    }
    return values.stream().toList();
  }

  private static void add(Set<String> names, @Nullable String name) {
    if (name != null && !name.isEmpty() && names.size() < Facts.MAX_LISTED) {
      names.add(Facts.name(name));
    }
  }
}
