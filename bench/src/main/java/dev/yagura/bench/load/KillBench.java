package dev.yagura.bench.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills a server while findings come in, and counts what became of them. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    description = {
      "Starts `yagura serve` beside a mock model and a stand-in for Slack, hands findings in from",
      "several clients, and kills the server with -9 again and again at random moments. Every",
      "finding that was accepted (202) must end in an alert; a second alert for the same finding",
      "must say that it may be one. Exit code 1 where that is not so."
    })
public final class KillBench implements Callable<Integer> {
  private static final int CLIENTS = 8;
  private static final int FINDINGS_PER_KILL = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Option(names = "--times", defaultValue = "20", description = "Kills; default: ${DEFAULT-VALUE}.")
  int times;

  @Option(
      names = "--pause",
      defaultValue = "40",
      description = "Milliseconds between two findings of a client; default: ${DEFAULT-VALUE}.")
  int pause;

  @Option(names = "--home", defaultValue = ".", description = "The checkout.")
  Path home = Path.of(".");

  @Option(names = "--folder", description = "Where the server keeps its data; on a real disk.")
  @Nullable Path folder;

  private final Findings findings = new Findings();
  private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile boolean over;

  private KillBench() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new KillBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path place =
        folder == null
            ? Files.createTempDirectory("yagura-kill")
            : Files.createTempDirectory(folder, "yagura-kill");
    try (var model = new MockModel(0);
        var slack = new MockSlack();
        var server =
            new ServerProcess(
                home.toAbsolutePath().normalize(),
                place.resolve("data"),
                List.of("egress.allow=" + slack.target(), "log.level=warn"))) {
      model.takes(Duration.ofMillis(300));
      Duration unused = server.start();
      String key = setUp(server, model, slack);
      killing(server, key);
      long waited = awaitAlerts(slack);
      return report(slack, model, waited);
    }
  }

  private static String setUp(ServerProcess server, MockModel model, MockSlack slack)
      throws IOException, InterruptedException {
    JsonMapper json = new JsonMapper();
    var provider = json.createObjectNode().put("provider", "openai");
    provider.putObject("options").put("base-url", model.url());
    provider.putArray("models");
    server.admin("/models", provider);
    server.admin(
        "/models/default",
        json.createObjectNode().put("kind", "chat").put("provider", "openai").put("model", "mock"));
    server.admin("/slack", json.createObjectNode().put("url", slack.url()));
    return server
        .admin("/keys", json.createObjectNode().put("kind", "intake"))
        .path("token")
        .asText();
  }

  private void killing(ServerProcess server, String key) throws IOException, InterruptedException {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.submit(
            () -> {
              handIn(server.url(), key);
              return null;
            });
      }
      for (int kill = 1; kill <= times; kill++) {
        Thread.sleep(ThreadLocalRandom.current().nextInt(200, 3_000));
        server.kill();
        int before = accepted.size();
        Duration restart = server.start();
        System.out.printf(
            "kill %d: %d findings accepted so far, ready again after %d ms%n",
            kill, before, restart.toMillis());
      }
      over = true;
    }
  }

  /** A client sends a finding until it is accepted, as EventBridge does. */
  private void handIn(String url, String key) throws InterruptedException {
    while (!over) {
      Findings.Numbered finding = findings.next();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/v1/findings"))
              .header("Authorization", "Bearer " + key)
              .timeout(Duration.ofSeconds(10))
              .POST(HttpRequest.BodyPublishers.ofString(finding.event()))
              .build();
      boolean taken = isAccepted(request);
      while (!taken && !over) {
        Thread.sleep(50);
        taken = isAccepted(request);
      }
      if (taken) {
        accepted.add(finding.account());
      }
      Thread.sleep(pause);
    }
  }

  private boolean isAccepted(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 202;
    } catch (IOException down) {
      return false;
    }
  }

  private long awaitAlerts(MockSlack slack) throws InterruptedException {
    long began = System.nanoTime();
    while (lost(slack) > 0 && System.nanoTime() - began < PATIENCE.toNanos()) {
      Thread.sleep(100);
    }
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
  }

  private long lost(MockSlack slack) {
    return accepted.stream().filter(account -> !slack.has(account)).count();
  }

  private int report(MockSlack slack, MockModel model, long waited) {
    long lost = lost(slack);
    System.out.printf(
        "%d kills; %d findings accepted, %d alerts, %d LOST; second alerts: %d that say so, %d that"
            + " do not; %d calls of the model; the last alert came within %d s of the last kill%n",
        times,
        accepted.size(),
        slack.alerts(),
        lost,
        slack.marked(),
        slack.unmarked(),
        model.calls(),
        waited);
    boolean enough = accepted.size() >= times * FINDINGS_PER_KILL;
    if (!enough) {
      System.out.println("too few findings were accepted for the counts to mean anything");
    }
    return lost == 0 && slack.unmarked() == 0 && enough ? 0 : 1;
  }
}
