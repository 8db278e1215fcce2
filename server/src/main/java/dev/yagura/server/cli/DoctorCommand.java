package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.FlowException;
import dev.yagura.server.JsonLog;
import dev.yagura.server.config.Config;
import dev.yagura.server.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yagura doctor}: whether everything is set up, and what to do where it is not. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at what Yagura needs: configuration, disk, clock, workflows, knowledge, credentials,",
      "model, Slack, queues.",
      "The model is asked for one word; Slack is not bothered.",
      "Exit code 1 where something is missing."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final long LEAST_DISK = 1L << 30;
  private static final long MOST_SKEW_SECONDS = 60;

  private final Console console;
  private int missing;

  @Mixin ConfigOptions options = new ConfigOptions();

  @Option(names = "--offline", description = "Asks nothing of the network.")
  boolean offline;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    JsonLog.off();
    Config config = options.read(console, spec.commandLine(), Map.of());
    good("configuration", "data in " + config.data());
    check("disk", () -> disk(config.data()));
    try (var target = new Target(config)) {
      good(
          "server",
          target.url().map(url -> "runs at " + url).orElse("does not run; looking at the folder"));
      check("workflows", () -> workflows(target));
      check("knowledge", () -> knowledge(target));
      if (!offline) {
        access(target);
      }
      check("model", () -> model(target));
      check("embedding", () -> further(target, "embedding", "none set; retrieval goes by words"));
      check("rerank", () -> further(target, "rerank", "none set"));
      check("slack", () -> slack(target));
      new QueueLines(target).look(offline).forEach(line -> tell("queue", line));
    }
    if (!offline) {
      check("clock", DoctorCommand::clock);
    }
    return missing == 0 ? Exit.SUCCESS : Exit.FAILURE;
  }

  /** A finding of the doctor: what is well, or what is missing and what to do. */
  record Finding(boolean well, String text) {}

  static Finding well(String text) {
    return new Finding(true, text);
  }

  static Finding ill(String text) {
    return new Finding(false, text);
  }

  private void check(String what, Supplier<Finding> look) {
    try {
      tell(what, look.get());
    } catch (FlowException failed) {
      bad(what, failed.failure().message());
    }
  }

  private void tell(String what, Finding found) {
    if (found.well()) {
      good(what, found.text());
    } else {
      bad(what, found.text());
    }
  }

  private void good(String what, String text) {
    console.out().println("ok       " + pad(what) + Terminal.plain(text));
  }

  private void bad(String what, String text) {
    missing++;
    console.out().println("MISSING  " + pad(what) + Terminal.plain(text));
  }

  private static String pad(String what) {
    return (what + " ".repeat(15)).substring(0, 15);
  }

  private static Finding disk(Path data) {
    Path at = data;
    while (at != null && Files.notExists(at)) {
      at = at.getParent();
    }
    try {
      long free = at == null ? 0 : Files.getFileStore(at).getUsableSpace();
      String text = (free >> 20) + " MB free";
      return free < LEAST_DISK
          ? ill(text + " (expected: at least " + (LEAST_DISK >> 20) + " MB)")
          : well(text);
    } catch (IOException unreadable) {
      return ill("cannot be looked at: " + unreadable.getMessage());
    }
  }

  private static Finding workflows(Target target) {
    JsonNode apps = target.get("/workflows").path("data");
    int published = 0;
    for (JsonNode app : apps) {
      published += app.path("published").asBoolean() ? 1 : 0;
    }
    return published == 0
        ? ill(
            "none is published (expected: yagura workflow import FILE --publish; yagura serve"
                + " brings one along at its first start)")
        : well(apps.size() + " workflows, " + published + " published");
  }

  private static Finding knowledge(Target target) {
    int documents = 0;
    int failed = 0;
    for (JsonNode base : target.get("/knowledge").path("data")) {
      for (JsonNode document : base.path("documents")) {
        documents++;
        failed += document.path("error").asText().isEmpty() ? 0 : 1;
      }
    }
    return failed > 0
        ? ill(
            failed
                + " of "
                + documents
                + " documents could not be used (see: yagura knowledge list)")
        : well("the catalogue and " + documents + " documents");
  }

  /** With what the providers are reached; and which models the system's stands in for. */
  private void access(Target target) {
    check(
        "credentials",
        () -> {
          JsonNode access = target.get("/models/access");
          for (JsonNode one : access.path("replaced")) {
            note(
                one.path("workflow").asText()
                    + ", node "
                    + one.path("node").asText()
                    + ": "
                    + one.path("model").asText()
                    + " is not registered; the system model answers");
          }
          String system = target.get("/models").path("system").path("chat").asText();
          for (JsonNode used : access.path("used")) {
            if (!used.asText().equals(system)) {
              check("model", () -> answer(target, "chat", used.asText()));
            }
          }
          List<String> all = new ArrayList<>();
          access
              .path("access")
              .properties()
              .forEach(entry -> all.add(entry.getKey() + ": " + entry.getValue().asText()));
          return well(all.isEmpty() ? "none needed" : String.join("; ", all));
        });
  }

  private void note(String text) {
    console.out().println("note     " + pad("model") + Terminal.plain(text));
  }

  private Finding model(Target target) {
    JsonNode system = target.get("/models").path("system");
    if (!system.has("chat")) {
      return ill(
          "no model (expected: yagura model add bedrock --region R --model ID); alerts come"
              + " from the catalogue meanwhile");
    }
    if (offline) {
      return well(system.path("chat").asText() + ", not asked");
    }
    return answer(target, "chat", "");
  }

  /** A model that the system can do without. */
  private Finding further(Target target, String kind, String without) {
    JsonNode system = target.get("/models").path("system");
    if (!system.has(kind)) {
      return well(without);
    }
    return offline ? well(system.path(kind).asText() + ", not asked") : answer(target, kind, "");
  }

  /**
   * @param model {@code provider/name}, or empty for the system's
   */
  private static Finding answer(Target target, String kind, String model) {
    ObjectNode body = Json.object().put("kind", kind);
    int slash = model.indexOf('/');
    if (slash > 0) {
      body.put("provider", model.substring(0, slash)).put("model", model.substring(slash + 1));
    }
    try {
      JsonNode answer = target.post("/models/test", body);
      return well(
          answer.path("model").asText()
              + " answers after "
              + answer.path("milliseconds").asLong()
              + " ms");
    } catch (FlowException failed) {
      return ill((model.isEmpty() ? "" : model + ": ") + failed.failure().message());
    }
  }

  private static Finding slack(Target target) {
    JsonNode slack = target.get("/slack");
    int failed = slack.path("alerts").path("failed").asInt();
    int waiting = slack.path("alerts").path("pending").asInt();
    int others = 0;
    for (JsonNode channel : target.get("/channels").path("data")) {
      others += channel.path("name").asText().equals("slack") ? 0 : 1;
    }
    if (!slack.path("set").asBoolean() && others == 0) {
      return ill(
          "no webhook (expected: yagura slack set -, then its URL); "
              + waiting
              + " alerts wait for one");
    }
    return failed > 0
        ? ill(failed + " alerts were not taken (see: yagura slack status)")
        : well(
            slack.path("kind").asText("no webhook")
                + (others > 0 ? " and " + others + " more (yagura channel list)" : "")
                + ", "
                + waiting
                + " alerts wait");
  }

  /** AWS refuses signatures of clocks that are five minutes off; its own Date says the time. */
  private static Finding clock() {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build()) {
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("https://sts.amazonaws.com/"))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      Optional<String> date = answer.headers().firstValue("Date");
      Instant theirs =
          ZonedDateTime.parse(date.orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      long skew = Math.abs(Duration.between(theirs, Instant.now()).toSeconds());
      return skew > MOST_SKEW_SECONDS
          ? ill(skew + " s off from AWS (expected: at most 60 s; run a time service)")
          : well(skew + " s off from AWS");
    } catch (IOException | DateTimeParseException unreachable) {
      return well("not compared: AWS cannot be reached from here");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return ill("interrupted");
    }
  }
}
