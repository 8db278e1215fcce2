package dev.yagura.server.cli;

import static dev.yagura.server.cli.CommandLineRun.assertUsage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.RunId;
import dev.yagura.base.TimeId;
import dev.yagura.run.Outbox.State;
import dev.yagura.server.SlackStandIn;
import dev.yagura.server.TestServer;
import dev.yagura.server.app.Keys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code yagura slack unset}: nothing is lost, and what waits goes to the next webhook. */
class SlackUnsetTest {
  private static final String WEBHOOK = "https://hooks.slack.com/services/T0/B0/example";

  @TempDir Path folder;

  private CommandLineRun yagura(String... arguments) {
    return yagura(Map.of(), arguments);
  }

  private CommandLineRun yagura(Map<String, String> more, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    Map<String, String> environment = new HashMap<>(more);
    environment.put("HOOK", WEBHOOK);
    return CommandLineRun.with("", environment, false, all.toArray(String[]::new));
  }

  private static String done(CommandLineRun run) {
    assertThat(run.exit()).as(run.err() + run.out()).isZero();
    return run.out();
  }

  @Test
  void the_webhook_that_was_set_goes() {
    done(yagura("slack", "set", "env:HOOK"));
    assertThat(done(yagura("slack", "unset")))
        .contains("the webhook is removed")
        .contains("0 alerts wait in the outbox");
    assertThat(done(yagura("slack", "status"))).contains("webhook: none");
    assertThat(done(yagura("slack", "unset"))).contains("no webhook is set");
    assertUsage(yagura("slack", "unset", "x"), "Unmatched argument");
  }

  @Test
  void the_webhook_of_the_configuration_is_taken_out_there() {
    done(yagura("slack", "set", "env:HOOK"));
    CommandLineRun run = yagura(Map.of("YAGURA_SLACK_WEBHOOK", "env:HOOK"), "slack", "unset");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("the webhook that was stored is removed");
    assertThat(run.err())
        .contains("alerts still go to the webhook of the configuration")
        .contains("expected: take slack.webhook out of the configuration file")
        .contains("YAGURA_SLACK_WEBHOOK out of the environment")
        .doesNotContain(WEBHOOK);
    assertThat(done(yagura("slack", "status"))).contains("webhook: none");
  }

  @Test
  @Timeout(60)
  void an_alert_waits_for_the_next_webhook() throws Exception {
    try (var server = new TestServer(folder, Map.of());
        var next = new SlackStandIn()) {
      assertThat(done(yagura("slack", "unset"))).contains("the webhook is removed");
      String intake = server.engine().keys().make(Keys.Kind.INTAKE, "").token();
      String event = CommandLineRun.sample("Trojan:EC2/DropPoint");
      var accepted = server.post("/v1/findings", intake, event);
      RunId run = new RunId(TimeId.derived(accepted.json().path("id").asText(), "finding"));
      while (server.engine().store().outbox().of(run).isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(done(yagura("slack", "unset")))
          .contains("no webhook is set")
          .contains("1 alert waits in the outbox");
      assertThat(server.engine().store().outbox().counts()).containsEntry(State.PENDING, 1);
      done(yagura(Map.of("NEXT", next.url()), "slack", "set", "env:NEXT"));
      assertThat(next.next(20).toString()).contains("DropPoint");
      assertThat(server.slack().next(0)).isNull();
    }
  }

  @Test
  void help_teaches() {
    CommandLineRun run = CommandLineRun.of("slack", "unset", "--help");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("Examples:", "yagura slack status", "Nothing is lost");
  }
}
