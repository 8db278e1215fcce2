package dev.yagura.server.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.Secret;
import dev.yagura.graph.Node;
import dev.yagura.graph.value.Value;
import dev.yagura.run.WorkflowStore;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.run.Workflows;
import dev.yagura.server.WorkflowFiles;
import dev.yagura.server.secret.Vault;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Versions that run: the text of a file with the bindings and values of its app, as they were when
 * it was published. A version is never changed; runs of it go on with it after a restart.
 */
public final class Versions implements Workflows {
  private static final String PURPOSE = "workflow";
  private static final String ENVIRONMENT = "environment";
  private static final int MOST_READY = 500;

  /** Begins the value of an environment variable that is the configuration's. */
  public static final String CONFIG = "config:";

  private final JsonRecords records;
  private final WorkflowStore texts;
  private final Vault vault;
  private final Map<String, String> config;
  private final Map<String, WorkflowVersion> ready = new ConcurrentHashMap<>();

  /**
   * @param config what {@code config:NAME} stands for as the value of an environment variable
   */
  public Versions(
      JsonRecords records, WorkflowStore texts, Vault vault, Map<String, String> config) {
    this.config = config;
    this.records = records;
    this.texts = texts;
    this.vault = vault;
  }

  /** A value of an environment variable as it is kept: any of them may be a secret. */
  String seal(String value) {
    return vault.seal(new Secret(value), ENVIRONMENT);
  }

  /** Keeps a file's text; it may hold secrets and is kept encrypted. */
  String keep(String dsl) {
    return texts.keep(vault.seal(new Secret(dsl), PURPOSE));
  }

  String text(String id) {
    return texts
        .find(id)
        .map(kept -> vault.open(kept, PURPOSE).reveal())
        .orElseThrow(
            () ->
                Failure.internal("WorkflowMissing", "the text of workflow " + id + " is missing")
                    .asException());
  }

  /** Makes a version of an app as it is now, and gives its id. */
  String make(App app) {
    String id = UUID.randomUUID().toString();
    ObjectNode json = app.json();
    json.put("app", app.id());
    records.put(id, json);
    return id;
  }

  @Override
  public Optional<WorkflowVersion> find(String id) {
    WorkflowVersion known = ready.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<WorkflowVersion> made =
        records.find(id).map(json -> version(id, App.of(json.path("app").asText(), json)));
    made.ifPresent(
        version -> {
          if (ready.size() >= MOST_READY) {
            ready.clear();
          }
          ready.put(id, version);
        });
    return made;
  }

  /** The app that a version was published of, or empty. */
  String appOf(String id) {
    return records.find(id).map(json -> json.path("app").asText()).orElse("");
  }

  /**
   * Deletes versions with the values and texts that are theirs; gives how many.
   *
   * @param isGone whether the app of this id is
   * @param inUse versions that runs go on with, also after a crash; they stay
   * @param more texts that are deleted as well, unless a version that stays is made of them
   */
  int forget(Predicate<String> isGone, Set<String> inUse, String... more) {
    Set<String> old = new LinkedHashSet<>(List.of(more));
    Set<String> kept = new HashSet<>();
    int forgotten = 0;
    for (Map.Entry<String, ObjectNode> one : records.all().entrySet()) {
      String text = one.getValue().path("draft").asText();
      if (isGone.test(one.getValue().path("app").asText()) && !inUse.contains(one.getKey())) {
        ready.remove(one.getKey());
        boolean unused = records.delete(one.getKey());
        old.add(text);
        forgotten++;
      } else {
        kept.add(text);
      }
    }
    old.removeAll(kept);
    old.forEach(texts::forget);
    return forgotten;
  }

  /** A version that nobody has published, for tests of a draft. */
  WorkflowVersion version(String id, App app) {
    WorkflowVersion file = WorkflowFiles.version(app.name(), text(app.draft()));
    Value.Obj secrets = file.secrets();
    Value.Obj environment = file.environment();
    for (Map.Entry<String, String> kept : app.environment().entrySet()) {
      Value value = Value.text(resolved(vault.open(kept.getValue(), ENVIRONMENT).reveal()));
      if (secrets.get(kept.getKey()) != null) {
        secrets = secrets.with(kept.getKey(), value);
      } else {
        environment = environment.with(kept.getKey(), value);
      }
    }
    return new WorkflowVersion(
        id,
        app.name(),
        file.chatflow(),
        file.graph().with(node -> bound(node, app.bindings())),
        environment,
        secrets,
        file.conversation());
  }

  private String resolved(String value) {
    return value.startsWith(CONFIG)
        ? config.getOrDefault(value.substring(CONFIG.length()), value)
        : value;
  }

  private static Node bound(Node node, Map<String, List<String>> bindings) {
    List<String> bases = bindings.get(node.id());
    return bases == null ? node : node.config(node.config().with("dataset_ids", Value.of(bases)));
  }
}
