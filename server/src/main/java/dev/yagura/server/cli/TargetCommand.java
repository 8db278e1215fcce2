package dev.yagura.server.cli;

import dev.yagura.server.JsonLog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** A command that works on a server or its data folder. */
abstract class TargetCommand implements Callable<Integer> {
  final Console console;

  @Mixin ConfigOptions options = new ConfigOptions();

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  TargetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    JsonLog.off();
    try (var target = new Target(options.read(console, spec.commandLine(), Map.of()))) {
      return run(target);
    }
  }

  abstract int run(Target target);

  void say(String line) {
    console.out().println(Terminal.plain(line));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
