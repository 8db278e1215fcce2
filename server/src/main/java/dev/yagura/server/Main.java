package dev.yagura.server;

import dev.yagura.server.cli.Console;
import dev.yagura.server.cli.YaguraCommand;

/** Starts the command line. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(YaguraCommand.run(Console.system(), arguments));
  }
}
