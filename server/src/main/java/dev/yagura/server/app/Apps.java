package dev.yagura.server.app;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.Problem;
import dev.yagura.base.Suggestion;
import dev.yagura.dify.DifyExport;
import dev.yagura.dify.DifyReader;
import dev.yagura.dify.Imported;
import dev.yagura.dify.Variable;
import dev.yagura.dify.Workflow;
import dev.yagura.graph.Node;
import dev.yagura.graph.value.Py;
import dev.yagura.graph.value.Value;
import dev.yagura.knowledge.Base;
import dev.yagura.knowledge.Bases;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.server.WorkflowFiles;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The apps: importing, binding, publishing, exporting. */
public final class Apps {
  private static final String RETRIEVAL = "knowledge-retrieval";

  private final JsonRecords records;
  private final Versions versions;
  private final Bases bases;
  private final InstantSource clock;

  public Apps(JsonRecords records, Versions versions, Bases bases, InstantSource clock) {
    this.records = records;
    this.versions = versions;
    this.bases = bases;
    this.clock = clock;
  }

  /** What came of an import: the app, and what a person should know. */
  public record ImportedApp(App app, List<Problem> problems) {}

  public List<App> all() {
    List<App> all = new ArrayList<>();
    records.all().forEach((id, json) -> all.add(App.of(id, json)));
    all.sort(java.util.Comparator.comparing(App::createdAt).thenComparing(App::id));
    return all;
  }

  public Optional<App> find(String id) {
    return records.find(id).map(json -> App.of(id, json));
  }

  /**
   * The app of this id or name, the very name before one in other letters; a FlowException that
   * names what is near.
   */
  public App named(String idOrName) {
    return find(idOrName)
        .or(() -> all().stream().filter(app -> app.name().equals(idOrName)).findFirst())
        .or(() -> all().stream().filter(app -> app.name().equalsIgnoreCase(idOrName)).findFirst())
        .orElseThrow(() -> unknown("workflow", idOrName, all().stream().map(App::name).toList()));
  }

  /** What to answer to a name that nothing has. */
  public static FlowException unknown(String what, String name, List<String> known) {
    String near = Suggestion.nearest(name, known);
    return Failure.user(
            "not_found",
            "there is no "
                + what
                + " '"
                + name
                + "'"
                + (near == null ? "" : " (did you mean " + near + "?)")
                + " (expected: "
                + (known.isEmpty() ? "import one first" : "one of " + String.join(", ", known))
                + ")")
        .asException();
  }

  /**
   * Imports a file as an app; one of the same name is changed, its published version runs on until
   * the next one is published. Nothing is run or fetched.
   *
   * @param bind knowledge bases (name or id) by node (id or title); the key {@code *} stands for
   *     all nodes that look things up
   * @param environment values of environment variables
   */
  public ImportedApp add(
      String source, String dsl, Map<String, String> bind, Map<String, String> environment) {
    Imported imported = DifyReader.read(source, dsl);
    Workflow workflow = WorkflowFiles.workflow(imported);
    checkEnvironment(workflow, environment);
    Optional<App> before =
        all().stream().filter(app -> app.name().equals(workflow.name())).findFirst();
    var problems = new ArrayList<Problem>(imported.problems());
    Map<String, List<String>> bindings = bindings(workflow, bind, before, problems);
    Map<String, String> values = new LinkedHashMap<>(before.map(App::environment).orElse(Map.of()));
    environment.forEach((name, value) -> values.put(name, versions.seal(value)));
    var app =
        new App(
            before.map(App::id).orElseGet(() -> UUID.randomUUID().toString()),
            workflow.name(),
            workflow.description(),
            workflow.mode(),
            versions.keep(dsl),
            before.map(App::published).orElse(""),
            bindings,
            values,
            before.map(App::createdAt).orElseGet(clock::millis));
    records.put(app.id(), app.json());
    return new ImportedApp(app, problems);
  }

  private static void checkEnvironment(Workflow workflow, Map<String, String> given) {
    List<String> names = workflow.environment().stream().map(Variable::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        throw unknown("environment variable", name, names);
      }
    }
  }

  private Map<String, List<String>> bindings(
      Workflow workflow, Map<String, String> bind, Optional<App> before, List<Problem> problems) {
    Map<String, List<String>> bindings = new LinkedHashMap<>();
    List<Node> nodes =
        workflow.graph().nodes().stream().filter(node -> node.type().equals(RETRIEVAL)).toList();
    for (Node node : nodes) {
      List<String> known = known(node);
      if (!known.isEmpty()) {
        bindings.put(node.id(), known);
      }
      before
          .map(App::bindings)
          .map(all -> all.get(node.id()))
          .ifPresent(bases -> bindings.putIfAbsent(node.id(), bases));
    }
    bind.forEach(
        (name, bases) -> nodesOf(nodes, name).forEach(node -> bindings.put(node.id(), ids(bases))));
    for (Node node : nodes) {
      if (!bindings.containsKey(node.id())) {
        problems.add(
            Problem.warning(
                "needs-binding",
                "its knowledge is of another installation and must be bound (expected: yagura"
                    + " workflow bind '"
                    + workflow.name()
                    + "' "
                    + node.id()
                    + "=KNOWLEDGE; see: yagura knowledge list)",
                Problem.Place.NOWHERE.about(node.title().isEmpty() ? node.id() : node.title())));
      }
    }
    return bindings;
  }

  /** The knowledge bases of a node that exist here. */
  private List<String> known(Node node) {
    return node.config().get("dataset_ids") instanceof Value.Array(List<Value> ids)
        ? ids.stream().map(Py::str).filter(id -> bases.find(id).isPresent()).toList()
        : List.of();
  }

  private static List<Node> nodesOf(List<Node> nodes, String name) {
    List<Node> found =
        nodes.stream()
            .filter(node -> name.equals("*") || node.id().equals(name) || node.title().equals(name))
            .toList();
    if (found.isEmpty()) {
      throw unknown("node that looks things up", name, nodes.stream().map(Node::id).toList());
    }
    return found;
  }

  private List<String> ids(String given) {
    List<String> ids = new ArrayList<>();
    for (String name : given.split(",")) {
      Base base =
          bases
              .find(name.strip())
              .orElseThrow(
                  () ->
                      unknown(
                          "knowledge base",
                          name.strip(),
                          bases.all().stream().map(Base::name).toList()));
      ids.add(base.id());
    }
    return ids;
  }

  /** Binds nodes to knowledge bases; counts for the draft until it is published. */
  public App bind(App app, Map<String, String> bind) {
    List<Node> nodes =
        draft(app).graph().nodes().stream().filter(node -> node.type().equals(RETRIEVAL)).toList();
    Map<String, List<String>> bindings = new LinkedHashMap<>(app.bindings());
    bind.forEach(
        (name, bases) -> nodesOf(nodes, name).forEach(node -> bindings.put(node.id(), ids(bases))));
    App bound = app.bound(bindings);
    records.put(app.id(), bound.json());
    return bound;
  }

  /**
   * Deletes an app with its file, bindings, values and versions.
   *
   * @param inUse versions that runs go on with; they stay until {@link #deleteLeftovers}
   */
  public void delete(App app, Set<String> inUse) {
    boolean unused = records.delete(app.id());
    int unusedCount = versions.forget(app.id()::equals, inUse, app.draft());
  }

  /** Deletes versions of apps that are gone; gives how many. */
  public int deleteLeftovers(Set<String> inUse) {
    return versions.forget(id -> find(id).isEmpty(), inUse);
  }

  /** Makes the draft the version that runs. */
  public App publish(App app) {
    App published = app.published(versions.make(app));
    records.put(app.id(), published.json());
    return published;
  }

  /** The version that runs; a FlowException {@code Workflow not published} where there is none. */
  public WorkflowVersion published(App app) {
    return Optional.of(app)
        .filter(App::isPublished)
        .flatMap(one -> versions.find(one.published()))
        .orElseThrow(() -> Failure.user("invalid_param", "Workflow not published").asException());
  }

  /** A version that this app has published at any time. */
  public Optional<WorkflowVersion> versionOf(App app, String id) {
    return versions.find(id).filter(version -> versions.appOf(id).equals(app.id()));
  }

  /** A version of the draft that can be run, without being published. */
  public WorkflowVersion trial(App app) {
    return versions.find(versions.make(app)).orElseThrow();
  }

  /** The draft as it would run. */
  public WorkflowVersion draft(App app) {
    return versions.version("draft-" + app.id(), app);
  }

  public Versions versions() {
    return versions;
  }

  /** The text of the file as it was imported; values of secrets only when asked for. */
  public String export(App app, boolean withSecrets) {
    String dsl = versions.text(app.draft());
    if (withSecrets) {
      return dsl;
    }
    return DifyExport.withoutSecrets(app.name(), dsl);
  }
}
