package dev.yagura.server.cli;

import picocli.CommandLine;

/** A command that only has others under it: it shows its help. */
class Group implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
