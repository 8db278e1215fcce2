package dev.yagura.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.Secret;
import java.util.List;

class SlackWebhookContractTest extends WebContract {
  @Override
  protected Channel channel() {
    return new SlackWebhook(
        new JsonPost(web.egress, Web.SHORT), new Secret(web.url() + "/services/T0/B0/topsecret"));
  }

  @Override
  protected void assertHarmless() {
    assertThat(read()).doesNotContain("<!channel>").doesNotContain("https://evil.example");
  }

  @Override
  protected List<String> secrets() {
    return List.of("topsecret");
  }
}
