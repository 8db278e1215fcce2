package dev.yagura.server.cli;

import dev.yagura.server.JsonLog;
import dev.yagura.server.YaguraServer;
import dev.yagura.server.config.Config;
import dev.yagura.server.config.Key;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yagura serve}: the server. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the server: findings in, alerts out, and the API of Dify's under /v1.",
      "",
      "The log goes to standard error, a JSON object per line. Ctrl-C stops it; runs that have not"
          + " ended go on at the next start."
    },
    footerHeading = "%nThen, in another shell:%n",
    footer = {
      "  yagura model add bedrock --region ap-northeast-1 --model MODEL_ID",
      "  yagura slack set env:SLACK_WEBHOOK",
      "  yagura key create --intake",
      "  yagura doctor"
    })
final class ServeCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--bind",
      paramLabel = "ADDR:PORT",
      description = "Where to listen; default: 127.0.0.1:8080.")
  @Nullable String bind;

  @Option(names = "--port", paramLabel = "N", description = "Short for --bind 127.0.0.1:N.")
  @Nullable Integer port;

  @Mixin ConfigOptions options = new ConfigOptions();

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<Key, String> more = new EnumMap<>(Key.class);
    if (port != null) {
      more.put(Key.BIND, "127.0.0.1:" + port);
    }
    if (bind != null) {
      more.put(Key.BIND, bind);
    }
    Config config = options.read(console, spec.commandLine(), more);
    JsonLog.start(config.logLevel());
    YaguraServer server = YaguraServer.start(config);
    console.out().println("Yagura listens on " + server.url() + " (data in " + config.data() + ")");
    if (server.engine().alerts().channels().places().isEmpty()) {
      console.out().println("  no Slack webhook yet:  yagura slack set -    (then paste its URL)");
    }
    if (server.engine().models().system(dev.yagura.server.app.ModelRegistry.Kind.CHAT).isEmpty()) {
      console.out().println("  no model yet:          yagura model add bedrock --model MODEL_ID");
    }
    var stopped = new CountDownLatch(1);
    var close =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  server.close();
                  stopped.countDown();
                });
    try {
      Runtime.getRuntime().addShutdownHook(close);
    } catch (IllegalStateException stoppingAlready) {
      server.close();
      return Exit.SUCCESS;
    }
    server.engine().openKnowledge();
    stopped.await();
    return Exit.SUCCESS;
  }
}
