package dev.yagura.server.cli;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The command {@code yagura}. */
@Command(
    name = "yagura",
    mixinStandardHelpOptions = true,
    versionProvider = YaguraCommand.Version.class,
    description = {
      "Explains security findings to the people who must act on them.",
      "",
      "A finding goes in, an explained alert with checked facts and next steps comes out."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura demo --exit                      what arrives in Slack, without any setup",
      "  yagura serve                            the server",
      "  yagura analyze finding.json             explain a finding",
      "  yagura analyze --lang ja finding.json   the same in Japanese",
      "  yagura sample | yagura analyze -        a sample of each kind, explained",
      "  yagura workflow check my-app.yml        can this Dify file run here?",
      "",
      "Exit codes: 0 success, 1 failure, 2 usage, 3 unusable input."
    },
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      AnalyzeCommand.class,
      WorkflowCommand.class,
      ModelCommand.class,
      KnowledgeCommand.class,
      SlackCommand.class,
      ChannelCommand.class,
      RuleCommand.class,
      KeyCommand.class,
      DoctorCommand.class,
      SampleCommand.class
    })
public final class YaguraCommand implements Runnable {
  final Console console;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private YaguraCommand(Console console) {
    this.console = console;
  }

  /** Runs a command line; gives the exit code. */
  public static int run(Console console, String... arguments) {
    var command = new CommandLine(new YaguraCommand(console), new Factory(console));
    command.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    command.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF));
    command.setExecutionExceptionHandler((exception, failed, result) -> report(console, exception));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExpandAtFiles(false);
    return command.execute(arguments);
  }

  @Boundary("what a command did not catch is shown; a defect of ours with its stack")
  private static int report(Console console, Exception exception) {
    if (exception instanceof FlowException named) {
      console.err().println("yagura: " + Terminal.plain(named.failure().message()));
      return named.failure().kind() == Failure.Kind.USER ? Exit.UNUSABLE_INPUT : Exit.FAILURE;
    }
    console.err().println("yagura: this is a defect, please report it:");
    exception.printStackTrace(console.err());
    return Exit.FAILURE;
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }

  /** The version from the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = YaguraCommand.class.getPackage().getImplementationVersion();
      return new String[] {"yagura " + (version == null ? "0.1.0-SNAPSHOT" : version)};
    }
  }

  /** Gives every command the console. */
  private record Factory(Console console) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (List.of(constructor.getParameterTypes()).equals(List.of(Console.class))) {
          constructor.setAccessible(true);
          return type.cast(constructor.newInstance(console));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
