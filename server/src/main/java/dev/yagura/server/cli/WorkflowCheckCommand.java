package dev.yagura.server.cli;

import dev.yagura.base.FlowException;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.node.NodeTypes;
import dev.yagura.node.Services;
import dev.yagura.server.Extensions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yagura workflow check}: the doctor for DSL files. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether Dify DSL files import, and per node whether it runs here.",
      "",
      "Nothing in a file is run or fetched. Every problem has its line and column."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura workflow check my-app.yml",
      "  yagura workflow check --format json *.yml | jq .status",
      "",
      "Exit code 0 when every file imports (warnings included), 1 when one does not,",
      "3 when one cannot be read."
    })
final class WorkflowCheckCommand implements Callable<Integer> {
  enum Format {
    TEXT,
    JSON
  }

  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "DSL files; - is standard input.")
  List<String> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "json is one object per line; default: text.")
  Format format = Format.TEXT;

  WorkflowCheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    NodeTypes types = Extensions.nodeTypes(Services.offline(new Floor(Catalogue.load())));
    int exit = Exit.SUCCESS;
    for (String file : files) {
      exit = Math.max(exit, check(file, types));
    }
    return exit;
  }

  private int check(String file, NodeTypes types) {
    String text;
    try {
      text = Inputs.text(console, file);
    } catch (FlowException unreadable) {
      console.err().println("yagura: " + Terminal.plain(unreadable.failure().message()));
      return Exit.UNUSABLE_INPUT;
    }
    WorkflowReport report = WorkflowReport.of(file, text, types);
    console.out().print(format == Format.JSON ? report.toJson() + "\n" : report.toText());
    return report.imports() ? Exit.SUCCESS : Exit.FAILURE;
  }
}
