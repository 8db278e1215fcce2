package dev.yagura.bench.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures a server under load and prints a table. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a server that has Dify's workflow API, beside a mock model, on this machine.",
      "Without --url it starts `yagura serve` in a folder of its own. With --url it drives any",
      "server: import bench/workflows/echo.yml and ask.yml there, register the mock model of",
      "--model-port as an OpenAI-compatible server (model name: mock), publish, and give both keys."
    })
public final class LoadBench implements Callable<Integer> {
  @Option(names = "--url", description = "Another server, for example http://127.0.0.1:8080.")
  @Nullable String url;

  @Option(names = "--echo-key", description = "Its key of the workflow of echo.yml.")
  @Nullable String echoKey;

  @Option(names = "--ask-key", description = "Its key of the workflow of ask.yml.")
  @Nullable String askKey;

  @Option(
      names = "--model-port",
      defaultValue = "0",
      description = "Where the mock model listens; default: any port.")
  int modelPort;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Time of each measurement; default: ${DEFAULT-VALUE}.")
  int seconds;

  @Option(
      names = "--soak",
      paramLabel = "MINUTES",
      defaultValue = "0",
      description = "Then a steady load of 100 runs/s for so long, with the memory every minute.")
  int soak;

  @Option(names = "--soak-only", description = "Nothing but the steady load.")
  boolean soakOnly;

  @Option(names = "--home", defaultValue = ".", description = "The checkout.")
  Path home = Path.of(".");

  @Option(names = "--folder", description = "Where the server keeps its data; on a real disk.")
  @Nullable Path folder;

  private LoadBench() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LoadBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var model = new MockModel(modelPort)) {
      if (url != null && echoKey != null && askKey != null) {
        measure(new Measures(new Api(url), echoKey, askKey, model, Duration.ofSeconds(seconds)));
        return 0;
      }
      Path place =
          folder == null
              ? Files.createTempDirectory("yagura-load")
              : Files.createTempDirectory(folder, "yagura-load");
      own(place, model);
      return 0;
    }
  }

  private void own(Path place, MockModel model) throws IOException, InterruptedException {
    try (var server =
        new ServerProcess(
            home.toAbsolutePath().normalize(),
            place.resolve("data"),
            List.of("runs.concurrent=1000", "log.level=warn"))) {
      Duration first = server.start();
      JsonMapper json = new JsonMapper();
      var body = json.createObjectNode().put("provider", "openai");
      body.putObject("options").put("base-url", model.url());
      body.putArray("models");
      server.admin("/models", body);
      String echo = server.publish(home.resolve("bench/workflows/echo.yml"));
      String ask = server.publish(home.resolve("bench/workflows/ask.yml"));
      server.stop();
      Duration second = server.start();
      row("start to ready", "<= 2 s", seconds(second) + " (the first: " + seconds(first) + ")");
      row("memory after the start", "", server.memory() + " MiB");
      var measures =
          new Measures(new Api(server.url()), echo, ask, model, Duration.ofSeconds(seconds));
      if (!soakOnly) {
        measure(measures);
      }
      row("memory after the load (RssAnon)", "<= 512 MiB", server.memory() + " MiB");
      if (soak > 0) {
        server.stop();
        Duration unused = server.start();
        new Soak(server, measures, model).run(soak);
      }
    }
  }

  private static void measure(Measures measures) throws InterruptedException {
    measures.warmUp();
    row("blocking, 50 connections", ">= 1,500 runs/s, p99 <= 50 ms", measures.blocking());
    row("streaming, first event", "p95 <= 25 ms", measures.streaming());
    row("160 kB instead of 2 kB", "adds <= 15 ms", measures.payload());
    row(
        "1,000 runs wait 2 s for a model",
        "all within 3.0 s",
        measures.waiting(Duration.ofSeconds(2)));
    row("1,000 streams", "open at once", measures.openStreams(Duration.ofSeconds(8)));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1e3);
  }

  static void row(String what, String budget, String measured) {
    System.out.printf("| %s | %s | %s |%n", what, budget, measured);
  }
}
