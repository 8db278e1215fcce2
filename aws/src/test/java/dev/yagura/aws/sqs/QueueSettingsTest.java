package dev.yagura.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QueueSettingsTest {
  private static final String URL =
      "https://sqs.ap-northeast-1.amazonaws.com/123456789012/findings";

  private static String region(String url) {
    return QueueSettings.parse(url, null).region();
  }

  @Test
  void the_region_is_in_the_url() {
    assertThat(region(URL)).isEqualTo("ap-northeast-1");
    assertThat(region("https://sqs.cn-north-1.amazonaws.com.cn/1/q")).isEqualTo("cn-north-1");
    assertThat(region("https://sqs-fips.us-gov-west-1.amazonaws.com/1/q"))
        .isEqualTo("us-gov-west-1");
    assertThat(region("https://sqs.eu-west-1.api.aws/1/q")).isEqualTo("eu-west-1");
    assertThat(region("https://vpce-1-2.sqs.eu-west-1.vpce.amazonaws.com/1/q"))
        .isEqualTo("eu-west-1");
    assertThat(region("https://eu-west-1.queue.amazonaws.com/1/q")).isEqualTo("eu-west-1");
    assertThat(region("https://queue.amazonaws.com/1/q")).isEqualTo("us-east-1");
    assertThat(region("http://127.0.0.1:9324/000000000000/q")).isNull();
  }

  @Test
  void what_is_given_counts() {
    QueueSettings settings =
        QueueSettings.parse("dlq=" + URL + "-dead region=eu-west-1 url=" + URL, null);
    assertThat(settings.name()).isEqualTo("findings");
    assertThat(settings.region()).isEqualTo("eu-west-1");
    assertThat(settings.deadLetters()).hasToString(URL + "-dead");
  }

  @Test
  void what_is_wrong_is_named() {
    assertThatThrownBy(() -> QueueSettings.parse("findings", null))
        .hasMessageContaining("expected: the URL of a queue");
    assertThatThrownBy(() -> QueueSettings.parse("arn:aws:sqs:eu-west-1:1:q", null))
        .hasMessageContaining("expected: the URL of a queue");
    assertThatThrownBy(() -> QueueSettings.parse(URL + " regoin=eu-west-1", null))
        .hasMessageContaining("'regoin' (expected: url, region or dlq)");
    assertThatThrownBy(() -> QueueSettings.parse(URL + " region=Tokyo", null))
        .hasMessageContaining("expected: like ap-northeast-1");
    assertThatThrownBy(() -> QueueSettings.endpoint("localhost:9324"))
        .hasMessageContaining("expected: http://");
  }
}
