package dev.yagura.connect.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.Channel.Delivery;
import dev.yagura.connect.ChannelKind.Settings;
import dev.yagura.connect.Notice;
import dev.yagura.connect.Notices;
import dev.yagura.connect.Web;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Slack bot sends, and what it makes of each answer. */
class SlackBotTest {
  private static final String TOKEN = "xoxb-1-secret";
  private static final String POSTED = "{\"ok\":true,\"channel\":\"C0123456789\",\"ts\":\"17.5\"}";

  private final Web slack = new Web();

  @AfterEach
  void stop() {
    slack.close();
  }

  private Channel bot() {
    return new SlackBotKind()
        .open(settings(TOKEN, "C0123456789", slack.url() + "/api"), slack.egress);
  }

  private static Settings settings(String token, String channel, String api) {
    return new Settings(
        Map.of("channel", channel, "api", api),
        Map.of("token", new Secret(token)),
        url -> url.contains("127.0.0.1"));
  }

  private JsonNode body(int request) throws IOException {
    return new JsonMapper().readTree(slack.requests.get(request).body());
  }

  private List<String> methods() {
    return slack.requests.stream().map(one -> one.path().replace("/api/", "")).toList();
  }

  @Test
  void an_alert_is_posted_with_its_key_and_the_message_is_known_by_its_time_stamp()
      throws IOException {
    slack.answers(200, POSTED);
    assertThat(bot().deliver(Notices.single(false)))
        .isEqualTo(new Delivery.Done("C0123456789/17.5"));
    assertThat(methods()).containsExactly("chat.postMessage");
    assertThat(slack.requests.getFirst().headers().getFirst("Authorization"))
        .isEqualTo("Bearer " + TOKEN);
    assertThat(body(0).at("/metadata/event_payload/key").asText()).isEqualTo("key-1");
    assertThat(body(0).path("channel").asText()).isEqualTo("C0123456789");
    assertThat(body(0).path("blocks").toString()).contains(Notices.FINDING).contains("i-99999999");
  }

  @Test
  void words_of_a_finding_are_no_markup() throws IOException {
    slack.answers(200, POSTED);
    String hostile = "<!channel> <https://evil.example|AWS>";
    var unused = bot().deliver(new Notice.Single("k", Notices.alert(hostile), false));
    assertThat(body(0).toString()).doesNotContain("<!channel>").doesNotContain("<https://evil");
  }

  @Test
  void one_that_may_be_there_is_looked_for_and_not_posted_again() throws IOException {
    slack.answers(
        200,
        "{\"ok\":true,\"messages\":[{\"ts\":\"1.1\"}],"
            + "\"response_metadata\":{\"next_cursor\":\"more=\"}}");
    slack.answers(
        200,
        "{\"ok\":true,\"messages\":[{\"ts\":\"16.1\",\"metadata\":{\"event_type\":"
            + "\"yagura_notice\",\"event_payload\":{\"key\":\"key-1\"}}}]}");
    assertThat(bot().deliver(Notices.single(true)))
        .isEqualTo(new Delivery.Done("C0123456789/16.1"));
    assertThat(methods()).containsExactly("conversations.history", "conversations.history");
    assertThat(slack.requests.getLast().query())
        .contains("include_all_metadata=true")
        .contains("cursor=more=");
  }

  @Test
  void one_that_is_not_there_is_posted_and_need_not_say_that_it_may_be() throws IOException {
    slack.answers(200, "{\"ok\":true,\"messages\":[]}");
    slack.answers(200, POSTED);
    assertThat(bot().deliver(Notices.single(true))).isInstanceOf(Delivery.Done.class);
    assertThat(methods()).containsExactly("conversations.history", "chat.postMessage");
    assertThat(body(1).toString()).doesNotContain("You may have this alert already");
  }

  @Test
  void a_bot_that_may_not_look_sends_it_and_says_that_it_may_be_there() throws IOException {
    slack.answers(
        200, "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"channels:history\"}");
    slack.answers(200, POSTED);
    assertThat(bot().deliver(Notices.single(true))).isInstanceOf(Delivery.Done.class);
    assertThat(body(1).toString()).contains("You may have this alert already");
  }

  @Test
  void as_long_as_the_messages_cannot_be_read_it_is_not_sent() {
    slack.answers(503, "");
    assertThat(bot().deliver(Notices.single(true)))
        .isInstanceOfSatisfying(Delivery.Later.class, later -> assertThat(later.unsure()).isTrue());
    assertThat(methods()).containsExactly("conversations.history");
  }

  @Test
  void one_that_is_not_among_the_newest_is_sent_and_says_that_it_may_be_there() throws IOException {
    slack.answers(
        200, "{\"ok\":true,\"messages\":[],\"response_metadata\":{\"next_cursor\":\"more\"}}");
    for (int i = 0; i < 4; i++) {
      slack.answers(
          200, "{\"ok\":true,\"messages\":[],\"response_metadata\":{\"next_cursor\":\"more\"}}");
    }
    slack.answers(200, POSTED);
    assertThat(bot().deliver(Notices.single(true))).isInstanceOf(Delivery.Done.class);
    assertThat(body(5).toString()).contains("You may have this alert already");
  }

  @Test
  void repeats_are_counted_in_the_alert_and_named_in_its_thread() throws IOException {
    slack.answers(200, POSTED);
    assertThat(bot().deliver(Notices.repeats("C0123456789/16.1", false)))
        .isInstanceOf(Delivery.Done.class);
    assertThat(methods()).containsExactly("chat.update", "chat.postMessage");
    assertThat(body(0).path("ts").asText()).isEqualTo("16.1");
    assertThat(body(0).toString())
        .contains("Seen again: 12 updates of 2 findings, last seen 2026-11-24 01:02:03 UTC")
        .contains("GuardDuty counts 15");
    assertThat(body(1).path("thread_ts").asText()).isEqualTo("16.1");
    assertThat(body(1).toString())
        .contains(Notices.FINDING)
        .contains("00001111222233334444555566667777");
  }

  @Test
  void repeats_of_an_alert_that_somebody_has_deleted_come_on_their_own() throws IOException {
    slack.answers(200, "{\"ok\":false,\"error\":\"message_not_found\"}");
    slack.answers(200, POSTED);
    assertThat(bot().deliver(Notices.repeats("C0123456789/16.1", false)))
        .isInstanceOf(Delivery.Done.class);
    assertThat(body(1).has("thread_ts")).isFalse();
  }

  @Test
  void repeats_that_may_be_there_are_looked_for_in_the_thread() {
    slack.answers(200, POSTED);
    slack.answers(200, "{\"ok\":true,\"messages\":[]}");
    slack.answers(200, POSTED);
    var unused = bot().deliver(Notices.repeats("C0123456789/16.1", true));
    assertThat(methods())
        .containsExactly("chat.update", "conversations.replies", "chat.postMessage");
  }

  @Test
  void a_digest_names_every_finding() throws IOException {
    slack.answers(200, POSTED);
    assertThat(bot().deliver(Notices.several())).isInstanceOf(Delivery.Done.class);
    assertThat(body(0).toString())
        .contains(Notices.FINDING)
        .contains("00001111222233334444555566667777");
  }

  @Test
  void blocks_that_are_refused_go_out_as_text_once() throws IOException {
    slack.answers(200, "{\"ok\":false,\"error\":\"invalid_blocks\"}");
    slack.answers(200, POSTED);
    assertThat(bot().deliver(Notices.single(false))).isInstanceOf(Delivery.Done.class);
    assertThat(body(1).has("blocks")).isFalse();
    assertThat(body(1).path("text").asText()).isNotBlank();
  }

  @Test
  void slack_that_is_busy_is_left_alone_for_as_long_as_it_asks() {
    slack.answers(429, "");
    assertThat(bot().deliver(Notices.single(false)))
        .isInstanceOfSatisfying(
            Delivery.Busy.class, busy -> assertThat(busy.pause()).isEqualTo(Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @CsvSource({
    "channel_not_found, invite it",
    "not_in_channel, /invite it there",
    "is_archived, choose another",
    "invalid_auth, copy the Bot User OAuth Token again",
    "token_revoked, install the app again",
    "something_new, something_new"
  })
  void what_slack_refuses_is_given_up_with_what_to_do(String error, String advice) {
    slack.answers(200, "{\"ok\":false,\"error\":\"" + error + "\"}");
    assertThat(bot().deliver(Notices.single(false)))
        .isInstanceOfSatisfying(
            Delivery.Never.class,
            never -> assertThat(never.reason()).contains(advice).doesNotContain(TOKEN));
  }

  @ParameterizedTest
  @CsvSource({"500, ''", "200, '{\"ok\":false,\"error\":\"fatal_error\"}'"})
  void what_may_pass_is_tried_again_and_may_have_got_through(int status, String body) {
    slack.answers(status, body);
    assertThat(bot().deliver(Notices.single(false)))
        .isInstanceOfSatisfying(Delivery.Later.class, later -> assertThat(later.unsure()).isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "xoxp-1-a, C0123456789, https://slack.com/api, xoxb-",
    "xoxb-1-a, '#alerts', https://slack.com/api, its ID",
    "xoxb-1-a, C0123456789, https://slack.com.evil.example/api, egress.allow lists"
  })
  void what_is_wrong_in_the_settings_is_said(
      String token, String channel, String api, String expected) {
    var kind = new SlackBotKind();
    Settings settings = settings(token, channel, api);
    assertThatThrownBy(() -> kind.open(settings, slack.egress))
        .hasMessageContaining(expected)
        .hasMessageNotContaining(token);
  }
}
