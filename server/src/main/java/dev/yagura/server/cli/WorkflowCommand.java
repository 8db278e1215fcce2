package dev.yagura.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code yagura workflow}: the commands about workflow files. */
@Command(
    name = "workflow",
    mixinStandardHelpOptions = true,
    description = "Checks and runs workflow files (Dify DSL).",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura workflow check my-app.yml",
      "  yagura workflow run my-app.yml --inputs '{\"query\": \"hi\"}' --mock 'llm={\"text\":"
          + " \"hello\"}'"
    },
    subcommands = {
      WorkflowCheckCommand.class,
      WorkflowRunCommand.class,
      WorkflowAppCommands.Import.class,
      WorkflowAppCommands.Bind.class,
      WorkflowAppCommands.Test.class,
      WorkflowAppCommands.Publish.class,
      WorkflowAppCommands.ListAll.class,
      WorkflowAppCommands.Export.class,
      WorkflowDelete.class
    })
final class WorkflowCommand implements Runnable {
  private final Console console;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  WorkflowCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }
}
