package dev.yagura.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels on the command line, without a server. */
class ChannelCommandTest {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir Path folder;

  private CommandLineRun run(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = folder.toString();
    return CommandLineRun.with("", Map.of("KEY", KEY), false, all);
  }

  @Test
  void a_channel_is_set_shown_and_removed_and_its_secrets_are_not_printed() {
    CommandLineRun set =
        run(
            "channel",
            "add",
            "pager",
            "webhook",
            "url=https://example.com/in/s3cr3t",
            "secret=env:KEY",
            "--severity",
            "high");
    assertThat(set.exit()).as(set.err()).isZero();
    assertThat(set.out()).contains("pager: webhook at example.com").doesNotContain("s3cr3t");
    CommandLineRun list = run("channel", "list");
    assertThat(list.out())
        .contains("pager: webhook at example.com, 0 waiting, from high")
        .doesNotContain("s3cr3t", KEY);
    assertThat(run("channel", "remove", "pager").exit()).isZero();
    assertThat(run("channel", "list").out()).contains("no channels");
  }

  @Test
  void the_kinds_say_what_they_must_be_told() {
    assertThat(run("channel", "kinds").out())
        .contains(
            "slack-bot: ", "webhook: ", "teams: ", "email: ", "token, secret: Bot User OAuth");
  }

  @Test
  void what_is_wrong_is_said_with_the_field() {
    CommandLineRun literal =
        run("channel", "add", "soc", "slack-bot", "token=xoxb-1", "channel=C0123456789");
    assertThat(literal.exit()).isEqualTo(3);
    assertThat(literal.err()).contains("token: a secret is given by reference");
    assertThat(run("channel", "add", "soc", "slak-bot", "token=env:KEY").err())
        .contains("did you mean slack-bot?");
    assertThat(run("channel", "test", "soc").err()).contains("there is no channel 'soc'");
  }
}
