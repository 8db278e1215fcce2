package dev.yagura.connect.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.Channel.Delivery;
import dev.yagura.connect.ChannelKind.Settings;
import dev.yagura.connect.Notices;
import dev.yagura.connect.Web;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signed webhook sends, and what it makes of each answer. */
class SignedWebhookTest {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final Web web = new Web();

  @AfterEach
  void stop() {
    web.close();
  }

  private Channel webhook() {
    return new SignedWebhookKind().open(settings(web.url() + "/hook/secret-path", KEY), web.egress);
  }

  private static Settings settings(String url, String secret) {
    return new Settings(
        Map.of(),
        Map.of("url", new Secret(url), "secret", new Secret(secret)),
        one -> one.startsWith("http://127.0.0.1"));
  }

  @Test
  void the_signature_is_that_of_the_scheme() {
    String signed =
        new Signature(new Secret(KEY))
            .of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1_614_265_330),
                "{\"test\": 2432232314}");
    assertThat(signed).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void an_alert_comes_signed_and_with_an_id_that_stays_the_same() throws IOException {
    web.answers(204, "");
    assertThat(webhook().deliver(Notices.single(true))).isEqualTo(new Delivery.Done());
    Web.Request request = web.requests.getFirst();
    assertThat(request.headers().getFirst("webhook-id")).isEqualTo("key-1");
    long time = Long.parseLong(request.headers().getFirst("webhook-timestamp"));
    assertThat(request.headers().getFirst("webhook-signature"))
        .isEqualTo(
            new Signature(new Secret(KEY))
                .of("key-1", Instant.ofEpochSecond(time), request.body()));
    JsonNode body = new JsonMapper().readTree(request.body());
    assertThat(body.path("kind").asText()).isEqualTo("alert");
    assertThat(body.path("resent").asBoolean()).isTrue();
    assertThat(body.at("/alert/finding/id").asText()).isEqualTo(Notices.FINDING);
    assertThat(body.at("/alert/finding/account").asText()).isEqualTo("111122223333");
  }

  @Test
  void a_key_that_no_header_could_carry_becomes_an_id_that_stays_the_same() {
    web.answers(204, "");
    for (String key : new String[] {"run/ノード\r\nX: y/1", "run/ノード\r\nX: y/1", "other\n"}) {
      var notice = new dev.yagura.connect.Notice.Single(key, Notices.alert("web"), false);
      assertThat(webhook().deliver(notice)).isEqualTo(new Delivery.Done());
    }
    var ids =
        web.requests.stream().map(one -> one.headers().getFirst("webhook-id")).distinct().toList();
    assertThat(ids).hasSize(2).allMatch(id -> id.startsWith("msg_"));
  }

  @Test
  void a_digest_names_every_finding() {
    web.answers(200, "");
    assertThat(webhook().deliver(Notices.several())).isEqualTo(new Delivery.Done());
    assertThat(web.requests.getFirst().body())
        .contains("\"kind\":\"digest\"")
        .contains("\"times\":12")
        .contains("00001111222233334444555566667777");
  }

  @Test
  void one_that_is_busy_is_left_alone_for_as_long_as_it_asks() {
    web.answers(429, "");
    assertThat(webhook().deliver(Notices.several()))
        .isInstanceOfSatisfying(
            Delivery.Busy.class, busy -> assertThat(busy.pause()).isEqualTo(Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 408})
  void what_may_pass_is_tried_again(int status) {
    web.answers(status, "");
    assertThat(webhook().deliver(Notices.several()))
        .isInstanceOfSatisfying(Delivery.Later.class, later -> assertThat(later.unsure()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 410, 302})
  void what_is_refused_is_given_up_with_the_answer(int status) {
    web.answers(status, "why not");
    assertThat(webhook().deliver(Notices.several()))
        .isInstanceOfSatisfying(
            Delivery.Never.class,
            never -> assertThat(never.reason()).contains(Integer.toString(status)));
  }

  @Test
  void what_is_said_of_it_holds_nothing_secret() {
    assertThat(webhook().describe()).isEqualTo("webhook at 127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com/x, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, https://",
    "https://user:word@example.com/x, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, https://",
    "ftp://example.com/x, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, https://",
    "https://example.com/x, secret, whsec_ and Base64",
    "https://example.com/x, whsec_c2hvcnQ=, whsec_ and Base64"
  })
  void what_is_wrong_in_the_settings_is_said(String url, String secret, String expected) {
    var kind = new SignedWebhookKind();
    Settings settings = settings(url, secret);
    assertThatThrownBy(() -> kind.open(settings, web.egress)).hasMessageContaining(expected);
  }
}
