package dev.yagura.server.cli;

import dev.yagura.base.FlowException;
import dev.yagura.finding.Finding;
import dev.yagura.finding.FindingReader;
import dev.yagura.finding.FindingReader.Item;
import dev.yagura.finding.Language;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.alert.AlertJson;
import dev.yagura.finding.alert.AlertText;
import dev.yagura.finding.alert.SlackBlocks;
import dev.yagura.run.WorkflowVersion;
import dev.yagura.server.FindingAnalysis;
import dev.yagura.server.NamedModel;
import dev.yagura.server.WorkflowFiles;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yagura analyze}: findings in, alerts out. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    description = {
      "Explains GuardDuty findings: no server, and no network without --model.",
      "",
      "Reads findings in every shape that is met: EventBridge events, what the CLI and the SDKs"
          + " print,",
      "S3 exports, lists, JSON lines, SNS and SQS messages, gzip."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura analyze finding.json",
      "  yagura analyze --lang ja samples/*.json",
      "  aws guardduty get-findings --detector-id D --finding-ids F | yagura analyze -",
      "  yagura analyze --model bedrock/global.anthropic.claude-haiku-4-5-20251001-v1:0"
          + " finding.json",
      "  yagura analyze --format slack finding.json | curl -H 'Content-type: application/json' -d"
          + " @- $WEBHOOK",
      "",
      "Exit code 3 when an item is no usable finding; the others are explained all the same."
    })
final class AnalyzeCommand implements Callable<Integer> {
  enum Format {
    TEXT,
    JSON,
    SLACK
  }

  /** Most unusable items of a file that are named one by one. */
  private static final int MAX_REFUSALS = 20;

  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files with findings; - is standard input.")
  List<String> files = List.of();

  @Option(
      names = "--lang",
      paramLabel = "ja|en",
      description = "Language; default: the shell's, else en.")
  @Nullable String language;

  @Option(
      names = "--format",
      paramLabel = "text|json|slack",
      description =
          "text for people, json with one object per line, slack with one message per line;"
              + " default: text.")
  Format format = Format.TEXT;

  @Option(
      names = "--workflow",
      paramLabel = "FILE",
      description = "Workflow file; default: the bundled GuardDutyHandler.")
  @Nullable String workflow;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description =
          "Time zone of the readers, like Asia/Tokyo; default: Asia/Tokyo for ja, UTC for en.")
  @Nullable String timeZone;

  @Option(
      names = "--model",
      paramLabel = "PROVIDER/MODEL",
      description = {
        "Asks this model, over the network: bedrock/ID with the credentials and the Region of"
            + " AWS's default chain,",
        "openai/NAME with OPENAI_BASE_URL and OPENAI_API_KEY, anthropic/NAME with"
            + " ANTHROPIC_API_KEY. Default: no model."
      })
  @Nullable String model;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private boolean first = true;

  AnalyzeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Language chosen = Languages.choose(language, console, spec.commandLine());
    WorkflowVersion version =
        workflow == null
            ? WorkflowFiles.version(WorkflowFiles.BUNDLED, WorkflowFiles.bundled())
            : WorkflowFiles.version(workflow, Inputs.text(console, workflow));
    int exit = Exit.SUCCESS;
    try (NamedModel named = namedModel();
        var analysis = new FindingAnalysis(version, chosen, zone(chosen), named)) {
      for (String file : files) {
        exit = Math.max(exit, analyze(analysis, file));
      }
    }
    return exit;
  }

  private @Nullable NamedModel namedModel() {
    try {
      return model == null ? null : new NamedModel(model, console.environment());
    } catch (FlowException wrong) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), wrong.failure().message(), wrong);
    }
  }

  private int analyze(FindingAnalysis analysis, String file) throws IOException {
    int exit = Exit.SUCCESS;
    int refusals = 0;
    try (InputStream in = Inputs.open(console, file)) {
      for (Item item : FindingReader.read(file.equals("-") ? "standard input" : file, in)) {
        switch (item) {
          case Item.Accepted(Finding finding) -> print(analysis.analyze(finding));
          case Item.Refused refused -> {
            if (++refusals <= MAX_REFUSALS) {
              console.err().println("yagura: " + refused.problem());
            }
            exit = Exit.UNUSABLE_INPUT;
          }
        }
      }
      if (refusals > MAX_REFUSALS) {
        console
            .err()
            .println(
                "yagura: " + file + ": and " + (refusals - MAX_REFUSALS) + " more unusable items");
      }
    } catch (FlowException unreadable) {
      console.err().println("yagura: " + Terminal.plain(unreadable.failure().message()));
      exit = Exit.UNUSABLE_INPUT;
    }
    return exit;
  }

  private ZoneId zone(Language chosen) {
    if (timeZone == null) {
      return chosen.defaultZone();
    }
    try {
      return ZoneId.of(timeZone);
    } catch (DateTimeException unknown) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--time-zone: '" + timeZone + "' is no time zone (expected: like Asia/Tokyo)",
          unknown);
    }
  }

  private void print(Alert alert) {
    switch (format) {
      case JSON -> console.out().println(AlertJson.of(alert));
      case SLACK -> console.out().println(SlackBlocks.of(alert));
      case TEXT -> {
        if (!first) {
          console.out().println("═".repeat(Math.min(console.width(), 60)) + "\n");
        }
        first = false;
        console.out().println(new AlertText(console.width(), console.colour()).write(alert));
      }
    }
  }
}
