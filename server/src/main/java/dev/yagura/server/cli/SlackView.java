package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.yagura.finding.alert.Wrap;
import java.util.Map;

/** A Slack message as it reads in a channel, in a terminal. */
final class SlackView {
  private static final Map<String, String> EMOJI =
      Map.of(
          ":red_circle:", "🔴",
          ":large_orange_circle:", "🟠",
          ":large_yellow_circle:", "🟡",
          ":white_circle:", "⚪");

  private static final int WIDEST = 110;

  private final boolean colour;
  private final int width;

  SlackView(Console console) {
    this.colour = console.colour();
    this.width = Math.clamp(console.width(), 40, WIDEST);
  }

  String show(JsonNode message) {
    var out = new StringBuilder();
    for (JsonNode block : message.path("blocks")) {
      String type = block.path("type").asText();
      if (type.equals("divider")) {
        lines(out, "┄".repeat(width - 4), "");
      } else if (type.equals("context")) {
        for (JsonNode element : block.path("elements")) {
          text(out, element.path("text").asText(), "2");
        }
      } else {
        text(out, block.path("text").path("text").asText(), "");
      }
    }
    return out.toString();
  }

  /** Text outside of fences is broken into lines; code inside stays as it is, to be copied. */
  private void text(StringBuilder out, String markdown, String style) {
    String[] parts = markdown.split("```", -1);
    for (int i = 0; i < parts.length; i++) {
      String part = plain(parts[i].strip());
      if (part.isEmpty()) {
        continue;
      }
      if (i % 2 == 1) {
        lines(out, "    " + part.replace("\n", "\n    "), "36");
      } else {
        for (String line : part.split("\n", -1)) {
          lines(out, Wrap.text(line, width - 2, ""), style);
        }
      }
    }
    lines(out, "", "");
  }

  private void lines(StringBuilder out, String text, String style) {
    for (String line : text.split("\n", -1)) {
      String bold = line.replaceAll("(?<![\\w*])\\*([^*]+)\\*(?![\\w*])", styled("1", "$1"));
      out.append(styled("2", "│")).append(' ');
      out.append(style.isEmpty() ? bold : styled(style, line)).append('\n');
    }
  }

  /** As Slack shows it: emoji, links, and the characters that are escaped on the wire. */
  private static String plain(String markdown) {
    String text = markdown;
    for (Map.Entry<String, String> emoji : EMOJI.entrySet()) {
      text = text.replace(emoji.getKey(), emoji.getValue());
    }
    text = text.replaceAll("<(https?://[^|>]+)\\|([^>]+)>", "$2 ($1)");
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    return Terminal.plain(text);
  }

  private String styled(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
