package dev.yagura.finding.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.finding.Severity;
import dev.yagura.finding.Untrusted;
import java.time.ZoneId;
import java.util.List;

/**
 * An alert as a Slack message: Block Kit with a plain text beside it (guardduty.md §4). Everything
 * is escaped; first line, facts and what to do stand above the divider, so that a phone shows them
 * first.
 */
public final class SlackBlocks {
  /** A section holds 3,000 characters, counted after escaping. */
  static final int SECTION = 2_900;

  private static final int FALLBACK = 3_000;

  private SlackBlocks() {}

  /** The body of a request to an incoming webhook or to {@code chat.postMessage}. */
  public static ObjectNode of(Alert alert) {
    Narrative.Headings words = Narrative.in(alert.language(), ZoneId.of("UTC")).headings();
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    String first = marker(alert.severity()) + " " + SlackText.of(alert.headline());
    message.put("text", SlackText.cut(first, FALLBACK));
    ArrayNode blocks = message.putArray("blocks");
    section(blocks, marker(alert.severity()) + " " + SlackText.of(alert.headline()));
    section(blocks, "*" + words.happened() + "*\n" + SlackText.of(alert.happened()));
    steps(blocks, words.steps(), alert.steps());
    if (!alert.analysis().isEmpty()) {
      String plain = ModelText.plain(Untrusted.defang(alert.analysis(), 2_400));
      section(blocks, "*" + words.analysis() + "*\n" + SlackText.escape(plain));
    }
    blocks.addObject().put("type", "divider");
    section(
        blocks,
        "*"
            + words.why()
            + "*\n"
            + SlackText.escape(alert.why())
            + "\n*"
            + words.harmless()
            + "* "
            + SlackText.escape(alert.harmless()));
    section(
        blocks,
        "*"
            + words.check()
            + "* "
            + SlackText.escape(alert.check())
            + "\n"
            + SlackText.fence(alert.query()));
    context(blocks, SlackText.of(alert.about()));
    context(blocks, SlackText.of(alert.sources()) + links(alert.links()));
    message.put("unfurl_links", false);
    message.put("unfurl_media", false);
    return message;
  }

  private static void steps(ArrayNode blocks, String heading, List<Alert.AlertStep> steps) {
    int number = 1;
    for (Alert.AlertStep step : steps) {
      var text = new StringBuilder(number == 1 ? "*" + heading + "*\n" : "");
      text.append(number).append(". ").append(SlackText.escape(step.text()));
      step.commands().forEach(command -> text.append('\n').append(SlackText.fence(command)));
      section(blocks, text.toString());
      number++;
    }
  }

  private static String links(List<Span.Link> links) {
    var out = new StringBuilder();
    links.forEach(link -> out.append(" · ").append(SlackText.of(List.of(link))));
    return out.toString();
  }

  static void section(ArrayNode blocks, String text) {
    ObjectNode block = blocks.addObject().put("type", "section");
    mrkdwn(block.putObject("text"), SlackText.cut(text, SECTION));
  }

  private static void context(ArrayNode blocks, String text) {
    ObjectNode block = blocks.addObject().put("type", "context");
    mrkdwn(block.putArray("elements").addObject(), SlackText.cut(text, SECTION));
  }

  private static void mrkdwn(ObjectNode object, String text) {
    object.put("type", "mrkdwn").put("text", text).put("verbatim", true);
  }

  static String marker(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> ":red_circle:";
      case MEDIUM -> ":large_orange_circle:";
      case LOW -> ":large_yellow_circle:";
      case UNKNOWN -> ":white_circle:";
    };
  }
}
