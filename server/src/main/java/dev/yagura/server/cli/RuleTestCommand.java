package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.FlowException;
import dev.yagura.base.Problem;
import dev.yagura.connect.rule.EventPattern;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.server.JsonLog;
import dev.yagura.server.http.Json;
import dev.yagura.server.rule.TestEvents;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Tries a pattern, or the rules, on findings and other events. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Says which findings and events a pattern matches.",
      "",
      "Where it does not match, it says which field is why. Needs no server. Findings are",
      "read in every shape, as by: yagura analyze",
      "With --rules: which rule of the server takes it; everything named is an event then."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura rule test pattern.json samples/*.json",
      "  yagura sample --all | yagura rule test '{\"detail\":{\"severity\":[8]}}' -",
      "  yagura rule test --rules finding.json",
      "",
      "Exit code 0 when all match, 1 when one does not, 3 when one cannot be used."
    })
final class RuleTestCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATTERN EVENT",
      description = "The pattern (a file, - or the JSON itself), then files; - is standard input.")
  List<String> given = List.of();

  @Option(names = "--rules", description = "Asks the rules; no PATTERN then.")
  boolean rules;

  @Mixin ConfigOptions options = new ConfigOptions();

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  RuleTestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (rules) {
      return askRules();
    }
    if (given.size() < 2) {
      throw new ParameterException(
          spec.commandLine(), "EVENT is missing (expected: PATTERN EVENT…, or --rules EVENT…)");
    }
    if (given.stream().filter("-"::equals).count() > 1) {
      throw new ParameterException(
          spec.commandLine(), "- is there more than once (expected: once, it is standard input)");
    }
    EventPattern pattern = EventPattern.parse(PatternText.of(console, given.getFirst()));
    for (Problem warning : pattern.warnings(Catalogue.load())) {
      console.err().println(Terminal.plain("yagura: " + warning));
    }
    int exit = Exit.SUCCESS;
    for (TestEvents.Event event : events(given.subList(1, given.size()))) {
      exit = Math.max(exit, tell(pattern, event));
    }
    return exit;
  }

  private List<TestEvents.Event> events(List<String> files) throws IOException {
    List<TestEvents.Event> all = new ArrayList<>();
    for (String file : files) {
      String source = file.equals("-") ? "standard input" : file;
      try (InputStream in = Inputs.open(console, file)) {
        all.addAll(TestEvents.events(source, in));
      } catch (FlowException unreadable) {
        all.add(new TestEvents.Event("", null, false, unreadable.failure().message()));
      }
    }
    return all;
  }

  private int tell(EventPattern pattern, TestEvents.Event event) {
    JsonNode json = event.json();
    if (json == null) {
      console.err().println(Terminal.plain("yagura: " + event.problem()));
      return Exit.UNUSABLE_INPUT;
    }
    List<String> reasons = pattern.mismatches(json);
    console
        .out()
        .println(
            Terminal.plain(
                (reasons.isEmpty() ? "match     " : "no match  ")
                    + event.name()
                    + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons))));
    return reasons.isEmpty() ? Exit.SUCCESS : Exit.FAILURE;
  }

  private int askRules() throws IOException {
    JsonLog.off();
    ObjectNode body = Json.object();
    ArrayNode events = body.putArray("events");
    int exit = Exit.SUCCESS;
    for (TestEvents.Event event : events(given)) {
      if (event.json() == null) {
        console.err().println(Terminal.plain("yagura: " + event.problem()));
        exit = Exit.UNUSABLE_INPUT;
      } else {
        events.add(event.json());
      }
    }
    if (!events.isEmpty()) {
      try (var target = new Target(options.read(console, spec.commandLine(), Map.of()))) {
        for (JsonNode one : target.post("/rules/test", body).path("data")) {
          console.out().println(Terminal.plain(one.path("event").asText() + ": " + taken(one)));
        }
      }
    }
    return exit;
  }

  private static String taken(JsonNode one) {
    if (one.has("rule")) {
      return "rule " + RuleCommand.line(one.path("rule"));
    }
    return one.path("refused").asBoolean()
        ? "no rule: refused, it is no finding"
        : "no rule: the default workflow";
  }
}
