package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.graph.RunState;
import dev.yagura.graph.RunStatus;
import dev.yagura.graph.value.Value;
import dev.yagura.graph.value.ValueText;
import dev.yagura.node.start.InputForm;
import dev.yagura.node.text.JsonValues;
import dev.yagura.run.MockedNodes;
import dev.yagura.run.RunListener;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.run.stream.ClientEvent;
import dev.yagura.run.stream.ClientEvents;
import dev.yagura.server.LocalEngine;
import dev.yagura.server.WorkflowFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yagura workflow run}: runs a DSL file here. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a Dify DSL file in this process: no server, no network.",
      "",
      "--mock gives a node's outputs instead of running it; {\"error\": \"…\"} makes it fail."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura workflow run my-app.yml --inputs '{\"query\": \"hi\"}'",
      "  yagura workflow run chat.yml --query hi --mock 'llm={\"text\": \"hello\"}'",
      "  yagura workflow run my-app.yml --mock 'http={\"error\": \"no network\"}' --format json"
          + " --events",
      "",
      "Exit code 0 when the run succeeds (partly too), 1 when it fails,",
      "2 when --inputs or --mock is no JSON object,",
      "3 when the file is unusable or an input does not fit the form."
    })
final class WorkflowRunCommand implements Callable<Integer> {
  enum Format {
    TEXT,
    JSON
  }

  private final Console console;

  @Parameters(arity = "1", paramLabel = "FILE", description = "The DSL file; - is standard input.")
  String file = "";

  @Option(names = "--inputs", paramLabel = "JSON", description = "The inputs as a JSON object.")
  String inputs = "{}";

  @Option(names = "--query", paramLabel = "TEXT", description = "What the user of a chatflow says.")
  @Nullable String query;

  @Option(
      names = "--mock",
      paramLabel = "NODE_ID=JSON",
      description = "Outputs of a node; may be repeated.")
  List<String> mocks = List.of();

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "json is one object; default: text.")
  Format format = Format.TEXT;

  @Option(names = "--events", description = "Also what happened, event by event, as Dify names it.")
  boolean events;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  WorkflowRunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Map<String, Value.Obj> mocked = mocked();
    Value.Obj given = object("--inputs", inputs);
    WorkflowVersion version = WorkflowFiles.version(file, Inputs.text(console, file));
    refuseUnknownMocks(mocked, version);
    Value.Obj filled = InputForm.of(version.graph()).fill(given);
    var seen = new ArrayNode(JsonNodeFactory.instance);
    var translate = new ClientEvents(version.graph());
    RunListener listener =
        (run, happened) ->
            happened.forEach(event -> translate.of(event).forEach(one -> seen.add(json(one))));
    try (var engine = new LocalEngine(inner -> new MockedNodes(mocked, inner))) {
      RunState state = engine.run(LocalEngine.newId(), version, filled, chat(version), listener);
      print(state, seen);
      return state.status() == RunStatus.FAILED ? Exit.FAILURE : Exit.SUCCESS;
    }
  }

  private Value.Obj chat(WorkflowVersion version) {
    return version.chatflow() || query != null
        ? Value.object(
            "query", query == null ? "" : query, "conversation_id", "", "dialogue_count", 1)
        : Value.EMPTY;
  }

  private static JsonNode json(ClientEvent event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("event", event.name());
    event.data().fields().forEach((name, value) -> json.set(name, JsonValues.toJson(value)));
    return json;
  }

  private Map<String, Value.Obj> mocked() {
    Map<String, Value.Obj> mocked = new LinkedHashMap<>();
    for (String mock : mocks) {
      int equals = mock.indexOf('=');
      if (equals <= 0) {
        throw usage("--mock: '" + mock + "' (expected: NODE_ID=JSON)");
      }
      mocked.put(
          mock.substring(0, equals),
          object("--mock " + mock.substring(0, equals), mock.substring(equals + 1)));
    }
    return mocked;
  }

  private void refuseUnknownMocks(Map<String, Value.Obj> mocked, WorkflowVersion version) {
    for (String node : mocked.keySet()) {
      if (version.graph().node(node) == null) {
        throw usage("--mock: there is no node '" + node + "' in " + file);
      }
    }
  }

  private Value.Obj object(String option, String json) {
    if (JsonValues.parse(json).orElse(Value.NULL) instanceof Value.Obj object) {
      return object;
    }
    throw usage(
        option + ": '" + json + "' is no JSON object (expected: like {\"name\": \"value\"})");
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  private void print(RunState state, ArrayNode seen) {
    Failure failure = state.failure();
    if (format == Format.JSON) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("status", state.status().text());
      json.set("outputs", JsonValues.toJson(state.outputs()));
      json.put("answer", state.answer());
      json.put("error", failure == null ? null : failure.message());
      json.put("exceptions_count", state.exceptions());
      json.put("total_steps", state.steps());
      json.set("events", seen);
      console.out().println(json);
      return;
    }
    if (events) {
      seen.forEach(event -> console.out().println(event));
    }
    if (!state.answer().isEmpty()) {
      console.out().println(Terminal.plain(state.answer()));
    }
    state
        .outputs()
        .fields()
        .forEach(
            (name, value) ->
                console.out().println(Terminal.plain(name + ": " + ValueText.plain(value))));
    if (failure == null) {
      console.err().println("yagura: " + state.status().text());
    } else {
      console
          .err()
          .println("yagura: " + state.status().text() + ": " + Terminal.plain(failure.message()));
    }
  }
}
