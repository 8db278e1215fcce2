package dev.yagura.connect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are Slack's. */
class SlackWebhookAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hooks.slack.com/services/T/B/X",
        "http://hooks.slack.com/services/T/B/X",
        "https://hooks.slack.com.evil.example/services/T/B/X",
        "https://hooks.slack.com@evil.example/services/T/B/X",
        "https://slack.com/"
      })
  void refuses_what_is_no_webhook(String url) {
    assertThatThrownBy(() -> SlackWebhook.check(url, false))
        .hasMessageContaining("expected: https://hooks.slack.com/services/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.slack.com/services/T0/B0/abc",
        "https://hooks.slack-gov.com/services/T0/B0/abc",
        "https://hooks.slack.com/triggers/T0/1/abc"
      })
  void takes_the_kinds_of_webhooks(String url) {
    SlackWebhook.check(url, false);
  }
}
