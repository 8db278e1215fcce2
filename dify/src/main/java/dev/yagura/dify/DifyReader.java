package dev.yagura.dify;

import dev.yagura.base.Problem;
import dev.yagura.base.Problem.Place;
import dev.yagura.base.Suggestion;
import dev.yagura.graph.Graph;
import dev.yagura.graph.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a Dify DSL file of any version from 0.1.0 (dify-contract §1, §10.2). Unknown keys are
 * ignored, missing ones have their defaults; what cannot be used is a {@link Problem} with its
 * place, and all of them are reported.
 */
public final class DifyReader {
  private static final List<String> MODES =
      List.of("workflow", "advanced-chat", "chat", "agent-chat", "completion");

  private final YamlDocument document;
  private final Value.Obj root;
  private final List<Problem> problems = new ArrayList<>();

  private DifyReader(YamlDocument document, Value.Obj root) {
    this.document = document;
    this.root = root;
  }

  /**
   * @param source the file's name for messages
   * @param text the file's content
   */
  public static Imported read(String source, String text) {
    YamlDocument document;
    try {
      document = YamlDocument.parse(source, text);
    } catch (YamlDocument.Unreadable unreadable) {
      return failed(List.of(unreadable.problem()));
    }
    if (!(document.value() instanceof Value.Obj root)) {
      return failed(
          List.of(
              Problem.error(
                  "no-mapping",
                  "Invalid YAML format: content must be a mapping",
                  document.place())));
    }
    return new DifyReader(document, root).read();
  }

  private static Imported failed(List<Problem> problems) {
    return new Imported(Imported.Status.FAILED, Optional.empty(), problems);
  }

  private Imported read() {
    Imported.Status status = version();
    if (!(root.get("app") instanceof Value.Obj app)) {
      problems.add(
          Problem.error(
              "no-app",
              "Missing app data in YAML content (expected: app, workflow)",
              document.place()));
      return failed(problems);
    }
    String mode = app.text("mode", "");
    if (!checkMode(mode)) {
      return failed(problems);
    }
    if (!(root.get("workflow") instanceof Value.Obj workflow)
        || !(workflow.get("graph") instanceof Value.Obj graph)) {
      problems.add(
          Problem.error(
              "no-workflow",
              "Missing workflow data for workflow/advanced chat app",
              document.place("workflow")));
      return failed(problems);
    }
    var reader = new GraphReader(document, graph, problems);
    Optional<Graph> read = reader.read();
    List<Variable> environment = variables(workflow, "environment_variables");
    List<Variable> conversation = variables(workflow, "conversation_variables");
    dependencies();
    if (read.isEmpty() || problems.stream().anyMatch(Problem::isError)) {
      return failed(problems);
    }
    return new Imported(
        status,
        Optional.of(
            new Workflow(
                app.text("name", ""),
                app.text("description", ""),
                mode,
                versionText(),
                read.get(),
                environment,
                conversation,
                Upgrades.features(workflow.get("features")),
                reader.places())),
        problems);
  }

  private String versionText() {
    return root.text("version", Versions.OLDEST);
  }

  private Imported.Status version() {
    Value version = root.get("version");
    if (version != null && !(version instanceof Value.Text)) {
      problems.add(
          Problem.error(
              "version-type",
              "Invalid version type, expected str, got "
                  + (version instanceof Value.Real ? "float" : "another type")
                  + " (write it in quotes)",
              document.place("version")));
      return Imported.Status.FAILED;
    }
    Imported.Status status = Versions.status(versionText());
    if (status == null) {
      problems.add(
          Problem.error(
              "version",
              "'" + versionText() + "' is no version (expected: like 0.3.1)",
              document.place("version")));
      return Imported.Status.FAILED;
    }
    if (status == Imported.Status.PENDING) {
      problems.add(
          Problem.warning(
              "newer-version",
              "version "
                  + versionText()
                  + " is not one that is known here (expected: at most "
                  + Versions.CURRENT
                  + "); check that nothing is lost",
              document.place("version")));
    }
    return status;
  }

  private boolean checkMode(String mode) {
    Place place = document.place("app", "mode");
    if (mode.equals("workflow") || mode.equals("advanced-chat")) {
      return true;
    }
    if (mode.isEmpty()) {
      problems.add(Problem.error("no-mode", "loss app mode (expected: workflow)", place));
    } else if (MODES.contains(mode)) {
      problems.add(
          Problem.error(
              "mode-without-graph",
              "an app of mode " + mode + " has no workflow (expected: workflow, advanced-chat)",
              place));
    } else {
      problems.add(
          Problem.error(
                  "mode", "Invalid app mode '" + mode + "' (expected: one of " + MODES + ")", place)
              .suggest(Suggestion.nearest(mode, MODES)));
    }
    return false;
  }

  private List<Variable> variables(Value.Obj workflow, String key) {
    List<Variable> variables = new ArrayList<>();
    if (workflow.get(key) instanceof Value.Array(List<Value> items)) {
      for (int i = 0; i < items.size(); i++) {
        VariableReader.read(items.get(i), document.place("workflow", key, i), problems)
            .ifPresent(variables::add);
      }
    }
    return variables;
  }

  private void dependencies() {
    if (root.get("dependencies") instanceof Value.Array(List<Value> items)) {
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof Value.Obj item && item.get("value") instanceof Value.Obj at) {
          String id =
              at.text(
                  "marketplace_plugin_unique_identifier",
                  at.text(
                      "github_plugin_unique_identifier", at.text("plugin_unique_identifier", "")));
          problems.add(
              Problem.note(
                  "plugin",
                  "the file was made with the plugin " + id + "; plugins are not loaded here",
                  document.place("dependencies", i)));
        }
      }
    }
  }
}
