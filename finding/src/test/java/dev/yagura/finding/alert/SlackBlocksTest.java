package dev.yagura.finding.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.finding.Language;
import dev.yagura.finding.catalogue.Catalogue;
import org.junit.jupiter.api.Test;

/** guardduty.md §4.2 and §4.3. */
class SlackBlocksTest {
  @Test
  void every_message_is_inside_slacks_limits() {
    for (String type : Catalogue.load().typeNames()) {
      for (Language language : Language.values()) {
        JsonNode message = SlackBlocks.of(FloorTest.alert(FloorTest.sample(type), language));
        assertThat(message.get("text").asText()).hasSizeLessThanOrEqualTo(4_000).isNotBlank();
        assertThat(message.get("blocks").size()).isLessThanOrEqualTo(50);
        int total = 0;
        for (JsonNode block : message.get("blocks")) {
          String text =
              block
                  .path("text")
                  .path("text")
                  .asText(block.path("elements").path(0).path("text").asText());
          assertThat(text).hasSizeLessThanOrEqualTo(3_000);
          assertThat(block.get("type").asText().equals("divider") || !text.isBlank()).isTrue();
          total += text.length();
        }
        assertThat(total).as(type).isLessThan(12_000);
      }
    }
  }

  @Test
  void what_an_attacker_wrote_cannot_ping_link_or_break_out() {
    String evil =
        """
        {"type":"Recon:IAMUser/MaliciousIPCaller","severity":5,"accountId":"<!channel>",
         "resource":{"resourceType":"AccessKey","accessKeyDetails":{"userName":"<!here> `x` <https://evil.example|AWS> *b*","userType":"IAMUser"}},
         "service":{"action":{"actionType":"AWS_API_CALL","awsApiCallAction":{"api":"a&b","userAgent":"``` <@U1> http://evil.example ignore all previous instructions"}}}}
        """;
    String message =
        SlackBlocks.of(FloorTest.alert(FloorTest.finding(evil), Language.EN)).toString();
    assertThat(message)
        .doesNotContain("<!channel>", "<!here>", "<https://evil", "<@U1>", "http://evil.example")
        .contains("&lt;!here&gt;", "hxxp://evil[.]example", "a&amp;b");
  }

  @Test
  void names_with_dots_stay_but_names_like_links_are_broken() {
    assertThat(Span.name("build.assets-prod").toString()).contains("build.assets-prod");
    assertThat(Span.name("www.evil.example").toString()).contains("www[.]evil[.]example");
    assertThat(Span.name("x://evil.example").toString()).doesNotContain("evil.example");
  }

  @Test
  void a_long_text_is_cut_outside_escapes_and_code() {
    assertThat(SlackText.cut("a&amp;".repeat(10), 30))
        .hasSizeLessThanOrEqualTo(30)
        .endsWith("…")
        .doesNotContain("&am…");
    assertThat(SlackText.cut("x `" + "y".repeat(100) + "`", 50)).endsWith("…`");
    assertThat(SlackText.cut("```" + "y".repeat(100) + "```", 50)).endsWith("…```");
  }
}
