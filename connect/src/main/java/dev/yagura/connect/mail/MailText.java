package dev.yagura.connect.mail;

import dev.yagura.connect.Notice;
import dev.yagura.finding.Untrusted;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.alert.AlertSections;
import dev.yagura.finding.alert.AlertSections.Paragraph;
import dev.yagura.finding.alert.AlertSections.Section;
import dev.yagura.finding.alert.Digest;
import dev.yagura.finding.alert.DigestText;
import dev.yagura.finding.alert.SlackDigest;
import dev.yagura.finding.alert.Span;
import java.util.List;

/**
 * A notice as a mail: subject, plain text, HTML without anything that is loaded.
 *
 * @param subject one line
 */
record MailText(String subject, String plain, String html) {
  private static final int SUBJECT = 200;

  static MailText of(Notice notice) {
    String resent = notice.maybeSent() ? SlackDigest.maybeThere(notice.language()) : "";
    return switch (notice) {
      case Notice.Single single -> alert(single.alert(), resent);
      case Notice.Several several -> digest(several.digest(), resent);
      case Notice.Repeats repeats -> digest(repeats.digest(), resent);
    };
  }

  private static MailText alert(Alert alert, String resent) {
    String first = Span.plain(AlertSections.headline(alert));
    var plain = new StringBuilder(first).append("\n\n");
    var html = new StringBuilder("<h2>").append(escape(first)).append("</h2>");
    resent(plain, html, resent);
    AlertSections.of(alert).forEach(section -> section(plain, html, section));
    for (Span.Link link : alert.links()) {
      plain.append(link.text()).append(": ").append(link.url()).append('\n');
      html.append("<p>").append(link(link.text(), link.url())).append("</p>");
    }
    return new MailText(Untrusted.clean(first, SUBJECT), plain.toString(), page(html));
  }

  private static void section(StringBuilder plain, StringBuilder html, Section section) {
    if (!section.heading().isEmpty()) {
      plain.append(section.heading()).append('\n');
      html.append("<h3>").append(escape(section.heading())).append("</h3>");
    }
    for (Paragraph paragraph : section.paragraphs()) {
      if (paragraph.verbatim()) {
        String text = Span.plain(paragraph.spans());
        plain.append(text.indent(4));
        html.append("<pre>").append(escape(text)).append("</pre>");
      } else {
        plain.append(plain(paragraph.spans())).append('\n');
        html.append("<p>").append(html(paragraph.spans())).append("</p>");
      }
    }
    plain.append('\n');
  }

  private static MailText digest(Digest digest, String resent) {
    String title = DigestText.title(digest);
    var plain = new StringBuilder();
    var html = new StringBuilder("<h2>").append(escape(title)).append("</h2>");
    resent(plain, html, resent);
    String text = DigestText.of(digest);
    plain.append(text);
    html.append("<pre style=\"white-space:pre-wrap\">").append(escape(text)).append("</pre>");
    String subject = "[" + digest.severity().text() + "] " + title;
    return new MailText(Untrusted.clean(subject, SUBJECT), plain.toString(), page(html));
  }

  private static void resent(StringBuilder plain, StringBuilder html, String sentence) {
    if (!sentence.isEmpty()) {
      plain.append(sentence).append("\n\n");
      html.append("<p><em>").append(escape(sentence)).append("</em></p>");
    }
  }

  /** Words of the finding stand between backticks. */
  private static String plain(List<Span> spans) {
    var out = new StringBuilder();
    for (Span span : spans) {
      out.append(
          span instanceof Span.Code(String code)
              ? "`" + code.replace('`', '’') + "`"
              : span.text());
    }
    return out.toString();
  }

  private static String html(List<Span> spans) {
    var out = new StringBuilder();
    for (Span span : spans) {
      out.append(
          switch (span) {
            case Span.Plain(String text) -> escape(text).replace("\n", "<br>");
            case Span.Strong(String text) -> "<strong>" + escape(text) + "</strong>";
            case Span.Code(String text) -> "<code>" + escape(text) + "</code>";
            case Span.Link(String text, String url) -> link(text, url);
          });
    }
    return out.toString();
  }

  private static String link(String text, String url) {
    return "<a href=\"" + escape(url) + "\">" + escape(text) + "</a>";
  }

  private static String page(StringBuilder body) {
    return "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>"
        + body
        + "</body></html>";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
