package dev.yagura.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A Slack message as it reads in a channel, in a terminal. */
final class SlackView {
  private static final Map<String, String> EMOJI =
      Map.of(
          ":red_circle:", "🔴",
          ":large_orange_circle:", "🟠",
          ":large_yellow_circle:", "🟡",
          ":white_circle:", "⚪");

  private final boolean colour;

  SlackView(boolean colour) {
    this.colour = colour;
  }

  String show(JsonNode message) {
    var out = new StringBuilder();
    for (JsonNode block : message.path("blocks")) {
      String type = block.path("type").asText();
      if (type.equals("divider")) {
        line(out, "┄".repeat(60));
      } else if (type.equals("context")) {
        for (JsonNode element : block.path("elements")) {
          line(out, styled("2", text(element.path("text").asText())));
        }
      } else {
        line(out, text(block.path("text").path("text").asText()));
      }
      line(out, "");
    }
    return out.toString();
  }

  private void line(StringBuilder out, String text) {
    for (String one : text.split("\n", -1)) {
      out.append(styled("2", "│ ")).append(one).append('\n');
    }
  }

  private String text(String markdown) {
    String text = markdown;
    for (Map.Entry<String, String> emoji : EMOJI.entrySet()) {
      text = text.replace(emoji.getKey(), emoji.getValue());
    }
    text = text.replaceAll("<(https?://[^|>]+)\\|([^>]+)>", "$2 ($1)");
    text = text.replaceAll("(?m)```\n?", "");
    text = text.replaceAll("(?<![\\w*])\\*([^*\n]+)\\*(?![\\w*])", styled("1", "$1"));
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    return colour ? plainButStyles(text) : Terminal.plain(text);
  }

  /** Escapes that we did not write are taken out. */
  private static String plainButStyles(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\n\u001b]]", " ").replaceAll("\u001b(?!\\[[012]m)", " ");
  }

  private String styled(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
