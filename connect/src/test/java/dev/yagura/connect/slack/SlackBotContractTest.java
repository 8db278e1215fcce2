package dev.yagura.connect.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.JsonPost;
import dev.yagura.connect.Web;
import dev.yagura.connect.WebContract;
import java.util.List;

class SlackBotContractTest extends WebContract {
  @Override
  protected Channel channel() {
    var post = new JsonPost(web.egress, Web.SHORT);
    return new SlackBot(
        new SlackApi(post, web.url() + "/api", new Secret("xoxb-topsecret")), "C0123456789");
  }

  @Override
  protected void accepts() {
    web.answers(200, "{\"ok\":true,\"channel\":\"C0123456789\",\"ts\":\"1.2\"}");
  }

  @Override
  protected void refuses() {
    web.answers(200, "{\"ok\":false,\"error\":\"channel_not_found\"}");
  }

  @Override
  protected void assertHarmless() {
    assertThat(read()).doesNotContain("<!channel>").doesNotContain("https://evil.example");
  }

  @Override
  protected List<String> secrets() {
    return List.of("topsecret");
  }

  @Override
  protected boolean findsOut() {
    return true;
  }
}
