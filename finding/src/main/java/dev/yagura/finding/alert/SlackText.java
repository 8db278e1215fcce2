package dev.yagura.finding.alert;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Text in Slack's mrkdwn with nothing in it that Slack would take for markup (guardduty.md §4.3).
 */
final class SlackText {
  private SlackText() {}

  static String of(List<Span> spans) {
    return spans.stream().map(SlackText::of).collect(Collectors.joining());
  }

  private static String of(Span span) {
    return switch (span) {
      case Span.Plain(String text) -> escape(text);
      case Span.Strong(String text) -> "*" + escape(text.replace('*', '∗')) + "*";
      case Span.Code(String text) -> code(text);
      case Span.Link(String text, String url) ->
          "<" + escape(url.replace("|", "%7C")) + "|" + escape(text) + ">";
    };
  }

  private static String code(String text) {
    String inside = text.replace('`', '’').strip();
    return inside.isEmpty() ? "" : "`" + escape(inside) + "`";
  }

  static String fence(String text) {
    return "```" + escape(text.replace('`', '’')) + "```";
  }

  /** The three characters that Slack wants escaped, and no others. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Cut to a length, never inside an escape, a surrogate pair or a code span. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 8;
    int ampersand = text.lastIndexOf('&', end);
    if (ampersand >= 0 && end - ampersand < 5) {
      end = ampersand;
    }
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    String head = text.substring(0, end);
    if (count(head, "```") % 2 == 1) {
      return head + "…```";
    }
    return head + (count(head.replace("```", ""), "`") % 2 == 1 ? "…`" : "…");
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }
}
