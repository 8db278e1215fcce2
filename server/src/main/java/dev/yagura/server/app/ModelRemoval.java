package dev.yagura.server.app;

import static dev.yagura.server.app.ModelRegistry.PRICES;
import static dev.yagura.server.app.ModelRegistry.SYSTEM;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.server.app.ModelRegistry.Kind;
import dev.yagura.server.app.ModelRegistry.Removed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Takes a provider out of the records, and the system's models that were its own. */
final class ModelRemoval {
  private final JsonRecords records;

  ModelRemoval(JsonRecords records) {
    this.records = records;
  }

  Removed remove(String id, boolean force) {
    check(id);
    ObjectNode system = records.find(SYSTEM).orElseGet(JsonRecords::object);
    Map<Kind, String> unset = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      if (system.path(kind.key()).path("provider").asText().equals(id)) {
        unset.put(kind, id + "/" + system.path(kind.key()).path("model").asText());
        system.remove(kind.key());
      }
    }
    if (!unset.isEmpty()) {
      if (!force) {
        throw inUse(id, unset);
      }
      // First, so that no model of the system is left without its provider.
      records.put(SYSTEM, system);
    }
    boolean unused = records.delete(id);
    return new Removed(id, unset);
  }

  /** One whose extension is not there any more can be removed as well. */
  private void check(String id) {
    List<String> all = new ArrayList<>(records.all().keySet());
    all.removeAll(List.of(SYSTEM, PRICES));
    if (!all.contains(id)) {
      throw Failure.user(
              "not_found",
              "the provider '"
                  + id
                  + "' is not registered (expected: a registered one"
                  + (all.isEmpty() ? "; there is none)" : ": " + String.join(", ", all) + ")"))
          .asException();
    }
  }

  private static FlowException inUse(String id, Map<Kind, String> system) {
    List<String> said = new ArrayList<>();
    system.forEach((kind, model) -> said.add("the system's " + kind.key() + " model is " + model));
    String kinds = String.join("|", system.keySet().stream().map(Kind::key).toList());
    return Failure.user(
            "conflict",
            id
                + " is not removed: "
                + String.join(", ", said)
                + " (expected: another one first, yagura model default "
                + kinds
                + " PROVIDER/MODEL; or --force, which leaves none)")
        .asException();
  }
}
