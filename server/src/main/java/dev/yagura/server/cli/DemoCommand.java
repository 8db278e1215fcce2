package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.base.Failure;
import dev.yagura.finding.Language;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import dev.yagura.server.JsonLog;
import dev.yagura.server.SlackStandIn;
import dev.yagura.server.YaguraServer;
import dev.yagura.server.app.Keys;
import dev.yagura.server.config.Config;
import dev.yagura.server.config.ConfigReader;
import dev.yagura.server.config.Key;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yagura demo}: everything once, on this machine, with nothing to set up. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what arrives in Slack: starts a server in a throw-away folder and something that",
      "stands in for Slack, hands sample findings in over HTTP, and prints each alert as it comes"
          + " out.",
      "No account, no key, no network."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  yagura demo --exit             the alerts, then the end",
      "  yagura demo --lang ja          in Japanese; the server stays for you to try it"
    })
final class DemoCommand implements Callable<Integer> {
  private static final long PATIENCE_SECONDS = 60;

  /** A kind of activity each. */
  private static final List<String> TYPES =
      List.of(
          "Recon:EC2/PortProbeUnprotectedPort",
          "CryptoCurrency:EC2/BitcoinTool.B!DNS",
          "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
          "Policy:IAMUser/RootCredentialUsage",
          "Exfiltration:S3/AnomalousBehavior",
          "Backdoor:EC2/C&CActivity.B",
          "PrivilegeEscalation:Kubernetes/PrivilegedContainer",
          "Execution:Runtime/ReverseShell",
          "CredentialAccess:RDS/AnomalousBehavior.SuccessfulLogin",
          "AttackSequence:S3/CompromisedData");

  private final Console console;

  @Option(names = "--exit", description = "Ends after the last alert.")
  boolean exit;

  @Option(names = "--port", paramLabel = "N", description = "Where to listen; default: any port.")
  int port;

  @Option(
      names = "--lang",
      paramLabel = "ja|en",
      description = "Language; default: the shell's, else en.")
  @Nullable String language;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonLog.off();
    Language chosen = Languages.choose(language, console, spec.commandLine());
    var words = new DemoWords(chosen);
    Path folder = Files.createTempDirectory("yagura-demo");
    console.out().println(words.intro(TYPES.size()));
    try (var slack = new SlackStandIn();
        YaguraServer server = YaguraServer.start(config(folder, chosen, slack))) {
      server.engine().alerts().slack().set(slack.url());
      String key = server.engine().keys().make(Keys.Kind.INTAKE, "").token();
      server.engine().openKnowledge();
      int taken = handIn(server.url(), key);
      int shown = show(slack, taken, words);
      console.out().println(words.summary(shown, taken));
      if (shown < taken) {
        return Exit.FAILURE;
      }
      if (!exit) {
        stay(server, key, words, slack);
      }
      return Exit.SUCCESS;
    } finally {
      delete(folder);
    }
  }

  private Config config(Path folder, Language chosen, SlackStandIn slack) {
    Map<Key, String> options = new EnumMap<>(Key.class);
    options.put(Key.BIND, "127.0.0.1:" + port);
    options.put(Key.DATA, folder.resolve("data").toString());
    options.put(Key.LANGUAGE, chosen.text());
    options.put(Key.EGRESS_ALLOW, slack.target());
    options.put(Key.STOP_SECONDS, "2");
    return ConfigReader.read(null, Map.of(), options);
  }

  private int handIn(String url, String key) throws IOException, InterruptedException {
    var samples = new Samples(Catalogue.load());
    int taken = 0;
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String type : TYPES) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(url + "/v1/findings"))
                    .header("Authorization", "Bearer " + key)
                    .POST(HttpRequest.BodyPublishers.ofString(samples.event(type).toString()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
          throw Failure.internal(
                  "DemoFailed", type + " was not accepted: " + Terminal.plain(answer.body()))
              .asException();
        }
        taken++;
      }
    }
    return taken;
  }

  private int show(SlackStandIn slack, int expected, DemoWords words) throws InterruptedException {
    var view = new SlackView(console);
    int shown = 0;
    while (shown < expected) {
      JsonNode message = slack.next(PATIENCE_SECONDS);
      if (message == null) {
        return shown;
      }
      shown++;
      console.out().println(words.heading(shown, expected));
      console.out().println(view.show(message));
    }
    return shown;
  }

  private void stay(YaguraServer server, String key, DemoWords words, SlackStandIn slack)
      throws InterruptedException {
    console.out().println(words.next(server.url(), key, server.engine().config().data()));
    var view = new SlackView(console);
    while (!Thread.currentThread().isInterrupted()) {
      JsonNode message = slack.next(PATIENCE_SECONDS);
      if (message != null) {
        console.out().println(view.show(message));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
