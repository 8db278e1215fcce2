package dev.yagura.connect.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.Channel.Delivery;
import dev.yagura.connect.ChannelKind.Settings;
import dev.yagura.connect.JsonPost;
import dev.yagura.connect.Notice;
import dev.yagura.connect.Notices;
import dev.yagura.connect.Web;
import dev.yagura.connect.WebContract;
import dev.yagura.finding.Language;
import dev.yagura.finding.Severity;
import dev.yagura.finding.alert.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Teams gets, and what is made of its answers. */
class TeamsTest extends WebContract {
  @Override
  protected Channel channel() {
    return new Teams(
        new JsonPost(web.egress, Web.SHORT), new Secret(web.url() + "/workflows/topsecret"));
  }

  @Override
  protected void accepts() {
    web.answers(202, "");
  }

  /** Only texts in which Teams reads no Markdown, and links to the AWS console alone. */
  @Override
  protected void assertHarmless() {
    assertThat(read()).doesNotContain("evil.example");
    JsonNode card = json().at("/attachments/0/content");
    Set<String> types = Set.of("RichTextBlock", "TextRun", "Action.OpenUrl", "AdaptiveCard");
    assertThat(card.findValuesAsText("type")).isSubsetOf(types);
    assertThat(card.findValuesAsText("url")).isNotEmpty().allMatch(TeamsTest::isConsole);
  }

  private static boolean isConsole(String url) {
    return url.matches("https://([a-z0-9-]+\\.)?(console\\.)?(aws\\.amazon|amazon)\\.com/.*");
  }

  private JsonNode json() {
    try {
      return new JsonMapper().readTree(read());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  protected List<String> secrets() {
    return List.of("topsecret");
  }

  @Test
  void the_message_has_one_adaptive_card() {
    accepts();
    assertThat(channel().deliver(Notices.single(false))).isEqualTo(new Delivery.Done());
    assertThat(json().path("type").asText()).isEqualTo("message");
    assertThat(json().at("/attachments/0/contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    assertThat(json().at("/attachments/0/content/version").asText()).isEqualTo("1.4");
  }

  @Test
  void the_longest_digest_fits_and_names_every_finding() {
    accepts();
    List<String> ids =
        IntStream.range(0, 120).mapToObj(i -> "%032x".formatted(i + 0xabc000)).toList();
    String name = "名前".repeat(150);
    var line =
        new Digest.Line(
            "Recon:EC2/" + "x".repeat(90),
            Severity.HIGH,
            name,
            name,
            "111122223333",
            "us-east-1",
            ids.getFirst(),
            null,
            1,
            "https://console.aws.amazon.com/" + "x".repeat(300));
    var digest =
        new Digest(
            Language.JA,
            ZoneId.of("UTC"),
            Collections.nCopies(24, line),
            List.of(new Digest.Repeat(line, 120, ids)));
    assertThat(channel().deliver(new Notice.Several("digest/1", digest, false)))
        .isEqualTo(new Delivery.Done());
    assertThat(read().getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(TeamsCard.MAX_BYTES);
    assertThat(read()).contains(ids);
  }

  @Test
  void a_retired_connector_that_is_busy_says_so_in_its_own_way() {
    web.answers(
        200,
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error"
            + " 429 with ContextId x");
    assertThat(channel().deliver(Notices.several()))
        .isEqualTo(new Delivery.Busy("Teams asks to wait (429)", Duration.ofSeconds(1)));
  }

  @ParameterizedTest
  @CsvSource({"401, let anyone trigger", "404, the workflow is gone", "400, Adaptive Card"})
  void a_refusal_says_what_to_do(int status, String advice) {
    web.answers(status, "");
    assertThat(channel().deliver(Notices.several()))
        .isInstanceOfSatisfying(
            Delivery.Never.class, never -> assertThat(never.reason()).contains(advice));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://prod-01.japaneast.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?sig=x",
        "https://default1.2a.environment.api.powerplatform.com/powerautomate/x?sig=y",
        "https://example.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4"
      })
  void the_urls_of_microsoft_are_taken(String url) {
    assertThat(new TeamsKind().open(settings(url), web.egress).describe())
        .isEqualTo("Microsoft Teams");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/x?a=.logic.azure.com/",
        "https://evil.example#.logic.azure.com/x",
        "https://user@x.logic.azure.com/x",
        "http://prod-01.japaneast.logic.azure.com/x",
        ""
      })
  void other_urls_are_not(String url) {
    Settings settings = settings(url);
    var kind = new TeamsKind();
    assertThatThrownBy(() -> kind.open(settings, web.egress)).hasMessageContaining("expected: ");
  }

  private static Settings settings(String url) {
    return new Settings(Map.of(), Map.of("url", new Secret(url)), one -> false);
  }
}
