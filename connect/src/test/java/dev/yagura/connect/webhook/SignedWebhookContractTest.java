package dev.yagura.connect.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.JsonPost;
import dev.yagura.connect.Web;
import dev.yagura.connect.WebContract;
import java.time.InstantSource;
import java.util.List;

class SignedWebhookContractTest extends WebContract {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Override
  protected Channel channel() {
    return new SignedWebhook(
        new JsonPost(web.egress, Web.SHORT),
        new Secret(web.url() + "/hook/topsecret"),
        new Signature(new Secret(KEY)),
        InstantSource.system());
  }

  @Override
  protected void assertHarmless() {
    assertThat(web.requests.getLast().headers().getFirst("Content-Type"))
        .startsWith("application/json");
  }

  @Override
  protected List<String> secrets() {
    return List.of(KEY, "topsecret");
  }
}
