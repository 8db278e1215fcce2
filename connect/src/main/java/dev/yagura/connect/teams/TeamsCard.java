package dev.yagura.connect.teams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A notice as a message with an Adaptive Card. All text stands in TextRuns, in which no Markdown is
 * read (in a TextBlock it is); links are ours alone.
 */
final class TeamsCard {
  /** Teams takes 28 KB; how it counts is not said, so there is room to spare. */
  static final int MAX_BYTES = 24_000;

  private static final int MAX_LINKS = 4;
  private static final int ID = 64;
  private static final int TYPE = 100;

  private TeamsCard() {}

  static ObjectNode of(Notice notice) {
    return switch (notice) {
      case Notice.Single single -> alert(single.alert(), notice);
      case Notice.Several several -> digest(several.digest(), notice);
      case Notice.Repeats repeats -> digest(repeats.digest(), notice);
    };
  }

  /** Where it is too long, the later sections go; the last one says what the finding is. */
  private static ObjectNode alert(Alert alert, Notice notice) {
    List<Section> sections = new ArrayList<>(AlertSections.of(alert));
    ObjectNode message = alert(alert, sections, notice);
    while (bytes(message) > MAX_BYTES && sections.size() > 1) {
      sections.remove(sections.size() - 2);
      message = alert(alert, sections, notice);
    }
    return message;
  }

  private static ObjectNode alert(Alert alert, List<Section> sections, Notice notice) {
    ObjectNode card = card();
    ArrayNode body = card.putArray("body");
    block(body, AlertSections.headline(alert)).forEach(run -> title((ObjectNode) run));
    maybeThere(body, notice);
    for (Section section : sections) {
      if (!section.heading().isEmpty()) {
        block(body, List.of(new Span.Strong(section.heading())));
      }
      section.paragraphs().forEach(paragraph -> paragraph(body, paragraph));
    }
    ArrayNode actions = card.putArray("actions");
    for (Span.Link link : alert.links().subList(0, Math.min(MAX_LINKS, alert.links().size()))) {
      open(actions.addObject(), link.url()).put("title", link.text());
    }
    return message(card);
  }

  private static void paragraph(ArrayNode body, Paragraph paragraph) {
    if (paragraph.verbatim()) {
      String text = Span.plain(paragraph.spans());
      text.lines().forEach(line -> block(body, List.of(new Span.Code(line))));
    } else {
      block(body, paragraph.spans());
    }
  }

  /** With less of each line until it fits; ids of findings always stay. */
  private static ObjectNode digest(Digest digest, Notice notice) {
    ObjectNode message = digest(digest, notice, TYPE * 2);
    for (int longest = TYPE; longest >= 0 && bytes(message) > MAX_BYTES; longest -= TYPE / 2) {
      message = digest(digest, notice, longest);
    }
    return message;
  }

  /**
   * @param longest of a resource's name; below a type's length there are no links either
   */
  private static ObjectNode digest(Digest digest, Notice notice, int longest) {
    ObjectNode card = card();
    ArrayNode body = card.putArray("body");
    block(body, List.of(new Span.Plain(DigestText.title(digest))))
        .forEach(run -> title((ObjectNode) run));
    maybeThere(body, notice);
    for (Digest.Line line : digest.alerts()) {
      line(body, line, "", List.of(line.finding()), longest);
    }
    for (Digest.Repeat repeat : digest.repeats()) {
      String times = "+" + repeat.times() + " ";
      List<String> ids =
          repeat.findings().isEmpty() ? List.of(repeat.latest().finding()) : repeat.findings();
      line(body, repeat.latest(), times, ids, longest);
    }
    return message(card);
  }

  private static void line(
      ArrayNode body, Digest.Line line, String before, List<String> ids, int longest) {
    List<Span> spans = new ArrayList<>();
    spans.add(new Span.Strong(before + line.severity().text().toUpperCase(Locale.ROOT)));
    spans.add(new Span.Plain(" " + Untrusted.clean(line.headline(), longest) + " "));
    List<String> parts =
        List.of(
            Untrusted.defang(line.type(), TYPE),
            longest == 0 ? "" : Untrusted.defang(line.resource(), longest),
            Untrusted.defang(line.account(), ID),
            Untrusted.defang(line.region(), ID),
            String.join(" ", ids.stream().map(id -> Untrusted.defang(id, ID)).toList()));
    spans.add(
        new Span.Code(String.join(" · ", parts.stream().filter(part -> !part.isEmpty()).toList())));
    ArrayNode runs = block(body, spans);
    if (longest >= TYPE && !line.link().isEmpty()) {
      open(run(runs, " ↗").putObject("selectAction"), line.link());
    }
  }

  private static void maybeThere(ArrayNode body, Notice notice) {
    if (notice.maybeSent()) {
      block(body, List.of(new Span.Plain(SlackDigest.maybeThere(notice.language()))));
    }
  }

  private static ArrayNode block(ArrayNode body, List<Span> spans) {
    ArrayNode runs = body.addObject().put("type", "RichTextBlock").putArray("inlines");
    for (Span span : spans) {
      switch (span) {
        case Span.Plain(String text) -> run(runs, text);
        case Span.Strong(String text) -> run(runs, text).put("weight", "Bolder");
        case Span.Code(String text) -> run(runs, text).put("fontType", "Monospace");
        case Span.Link(String text, String url) ->
            open(run(runs, text).putObject("selectAction"), url);
      }
    }
    return runs;
  }

  private static ObjectNode run(ArrayNode runs, String text) {
    return runs.addObject().put("type", "TextRun").put("text", text);
  }

  private static void title(ObjectNode run) {
    run.put("size", "Large").put("weight", "Bolder");
  }

  private static ObjectNode open(ObjectNode action, String url) {
    return action.put("type", "Action.OpenUrl").put("url", url);
  }

  private static ObjectNode card() {
    ObjectNode card =
        JsonNodeFactory.instance.objectNode().put("type", "AdaptiveCard").put("version", "1.4");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.putObject("msteams").put("width", "Full");
    return card;
  }

  private static ObjectNode message(ObjectNode card) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "message");
    message
        .putArray("attachments")
        .addObject()
        .put("contentType", "application/vnd.microsoft.card.adaptive")
        .putNull("contentUrl")
        .set("content", card);
    return message;
  }

  private static int bytes(ObjectNode message) {
    return message.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
