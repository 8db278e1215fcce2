package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.server.app.Apps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Deletes a workflow. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes a workflow: its file, what was published of it, bindings, values of environment",
      "variables, and its API keys; whoever has one of them is refused from now on.",
      "",
      "Runs under way end normally. Runs and their logs stay as long as the configuration keeps",
      "them (retention.days).",
      "",
      "Findings that would have gone to it go to GuardDutyHandler, else to the oldest workflow"
          + " that",
      "is published. Where there is none, alerts come from the catalogue; a server that starts",
      "without any workflow brings GuardDutyHandler along."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura workflow export Old > old.yml     a copy first; it has no secrets",
      "  yagura workflow delete Old               asks",
      "  yagura workflow delete Old --yes         in a script"
    })
final class WorkflowDelete extends TargetCommand {
  @Parameters(paramLabel = "NAME", description = "The workflow.")
  String name = "";

  @Option(names = "--yes", description = "Does not ask; needed where there is no terminal.")
  boolean yes;

  WorkflowDelete(Console console) {
    super(console);
  }

  @Override
  int run(Target target) {
    if (!yes && !console.canAsk()) {
      throw new ParameterException(
          spec.commandLine(), "nobody can be asked here, and --yes is missing (expected: --yes)");
    }
    JsonNode app = find(target.get("/workflows").path("data"));
    if (!yes && !isConfirmed(app)) {
      console.err().println("yagura: nothing is deleted (expected: y, or --yes)");
      return Exit.FAILURE;
    }
    tell(target.delete("/workflows/" + encode(app.path("id").asText())));
    return Exit.SUCCESS;
  }

  /** By the list, because a name may have letters that no address takes. */
  private JsonNode find(JsonNode apps) {
    @Nullable JsonNode near = null;
    List<String> names = new ArrayList<>();
    for (JsonNode app : apps) {
      String one = app.path("name").asText();
      names.add(one);
      if (app.path("id").asText().equals(name) || one.equals(name)) {
        return app;
      }
      near = near == null && one.equalsIgnoreCase(name) ? app : near;
    }
    if (near == null) {
      throw Apps.unknown("workflow", name, names);
    }
    return near;
  }

  private boolean isConfirmed(JsonNode app) {
    String asked =
        "Delete the workflow "
            + app.path("name").asText()
            + keys(app)
            + (app.path("findings").asBoolean() ? "? Findings go to it." : "?");
    return Confirmation.answered(console, asked);
  }

  private static String keys(JsonNode app) {
    int keys = app.path("keys").asInt();
    return keys == 0 ? "" : keys == 1 ? " with its key" : " with its " + keys + " keys";
  }

  private void tell(JsonNode deleted) {
    say(deleted.path("name").asText() + " is deleted" + keys(deleted));
    int runs = deleted.path("runs").asInt();
    if (runs > 0) {
      say((runs == 1 ? "1 run" : runs + " runs") + " under way: ends normally");
    }
    if (!deleted.path("findings").asBoolean()) {
      return;
    }
    String next = deleted.path("default").asText();
    boolean last = deleted.path("workflows").asInt() == 0;
    say(
        !next.isEmpty()
            ? "findings go to " + next + " from now on"
            : "no workflow is published for findings; alerts come from the catalogue until there is"
                + " one: yagura workflow import FILE --publish"
                + (last ? " (or the next start of the server, which brings one along)" : ""));
  }
}
