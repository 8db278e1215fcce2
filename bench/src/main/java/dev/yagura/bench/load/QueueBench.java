package dev.yagura.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Findings out of a queue while the server is killed, and what becomes of them. */
@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    description = {
      "Puts messages into an SQS queue (ElasticMQ): updates of findings out of order, one in ten",
      "of them twice, one in a hundred no finding at all. `yagura serve` reads them beside a mock",
      "model and a Slack that takes 50 messages a second, and is killed with -9 again and again at",
      "random moments. Every finding must be named in a message, every update told of, no alert",
      "come twice without saying so, and every message that is no finding end among the dead",
      "letters with its reason. Exit code 1 where that is not so."
    })
public final class QueueBench implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final int BATCH = 10;

  @Option(names = "--messages", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
  int size;

  @Option(
      names = "--per-finding",
      defaultValue = "4",
      description = "Updates of a finding on the average; default: ${DEFAULT-VALUE}.")
  int perFinding;

  @Option(names = "--times", defaultValue = "20", description = "Kills; default: ${DEFAULT-VALUE}.")
  int times;

  @Option(
      names = "--slack",
      defaultValue = "50",
      description = "Messages that Slack takes a second; default: ${DEFAULT-VALUE}.")
  int perSecond;

  @Option(
      names = "--longest",
      defaultValue = "8000",
      description = "Most milliseconds until the next kill; default: ${DEFAULT-VALUE}.")
  int longest;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the messages; default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(names = "--home", defaultValue = ".", description = "The checkout.")
  Path home = Path.of(".");

  @Option(names = "--folder", description = "Where the server keeps its data; on a real disk.")
  @Nullable Path folder;

  private QueueBench() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new QueueBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path place =
        folder == null
            ? Files.createTempDirectory("yagura-queue")
            : Files.createTempDirectory(folder, "yagura-queue");
    Traffic traffic = Traffic.of(size, perFinding, seed);
    System.out.printf(
        "%d messages: %d findings with %d different updates, %d twice, %d no findings%n",
        traffic.messages().size(),
        traffic.updates().size(),
        traffic.different(),
        size / 10,
        traffic.poison());
    try (var queue = new Queue();
        var model = new MockModel(0);
        var slack = new BusySlack(perSecond);
        var server =
            new ServerProcess(
                home.toAbsolutePath().normalize(),
                place.resolve("data"),
                settings(queue, slack),
                credentials())) {
      model.takes(Duration.ofMillis(100));
      Duration unused = server.start();
      setUp(server, model, slack);
      Thread sender = Thread.ofVirtual().start(() -> send(queue, traffic));
      killing(server, queue);
      sender.join();
      long waited = await(queue, slack, traffic);
      return report(queue, slack, model, traffic, waited);
    }
  }

  private static List<String> settings(Queue queue, BusySlack slack) {
    return List.of(
        "egress.allow=" + slack.target(),
        "log.level=warn",
        "sqs.queues=" + queue.url() + " region=us-east-1",
        "sqs.endpoint=" + queue.endpoint(),
        "alerts.collect_seconds=2",
        "alerts.repeat_seconds=10",
        "findings.concurrent=50");
  }

  private static Map<String, String> credentials() {
    return Map.of(
        "AWS_ACCESS_KEY_ID", "x", "AWS_SECRET_ACCESS_KEY", "x", "AWS_REGION", "us-east-1");
  }

  private static void setUp(ServerProcess server, MockModel model, BusySlack slack)
      throws IOException, InterruptedException {
    JsonMapper json = new JsonMapper();
    var provider = json.createObjectNode().put("provider", "openai");
    provider.putObject("options").put("base-url", model.url());
    provider.putArray("models");
    JsonNode unused = server.admin("/models", provider);
    JsonNode chosen =
        server.admin(
            "/models/default",
            json.createObjectNode()
                .put("kind", "chat")
                .put("provider", "openai")
                .put("model", "mock"));
    JsonNode set = server.admin("/slack", json.createObjectNode().put("url", slack.url()));
  }

  private void send(Queue queue, Traffic traffic) {
    List<String> all = traffic.messages();
    try {
      for (int from = 0; from < all.size(); from += BATCH) {
        queue.send(all.subList(from, Math.min(from + BATCH, all.size())));
        Thread.sleep(20);
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void killing(ServerProcess server, Queue queue) throws IOException, InterruptedException {
    for (int kill = 1; kill <= times; kill++) {
      Thread.sleep(ThreadLocalRandom.current().nextInt(200, longest));
      server.kill();
      Duration restart = server.start();
      System.out.printf(
          "kill %d: %d messages in the queue, ready again after %d ms%n",
          kill, queue.depth(), restart.toMillis());
    }
  }

  private static long await(Queue queue, BusySlack slack, Traffic traffic)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    while ((queue.depth() > 0 || lost(slack, traffic) > 0 || slack.told() < traffic.different())
        && System.nanoTime() - began < PATIENCE.toNanos()) {
      Thread.sleep(500);
    }
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }

  private static long lost(BusySlack slack, Traffic traffic) {
    return traffic.updates().keySet().stream().filter(id -> !slack.names(id)).count();
  }

  private int report(Queue queue, BusySlack slack, MockModel model, Traffic traffic, long waited)
      throws IOException, InterruptedException {
    List<JsonNode> dead = queue.dead();
    long named =
        dead.stream()
            .filter(
                one ->
                    !one.path("MessageAttributes")
                        .path("ERROR_MESSAGE")
                        .path("StringValue")
                        .asText()
                        .isBlank())
            .count();
    long lost = lost(slack, traffic);
    System.out.printf(
        "%d kills; %d findings LOST; %d of %d updates told of; %d alerts, %d digests, %d messages"
            + " say that they may be there already, %d second alerts that do not say so; %d times"
            + " Slack was busy; %d calls of the model; %d dead letters, %d with a reason, of %d;"
            + " %d messages left in the queue; all done %d s after the last kill%n",
        times,
        lost,
        slack.told(),
        traffic.different(),
        slack.alerts(),
        slack.digests(),
        slack.marked(),
        slack.twice(),
        slack.refused(),
        model.calls(),
        dead.size(),
        named,
        traffic.poison(),
        queue.depth(),
        waited);
    boolean poison = dead.size() >= traffic.poison() && named == dead.size();
    return lost == 0 && slack.twice() == 0 && poison && queue.depth() == 0 ? 0 : 1;
  }
}
