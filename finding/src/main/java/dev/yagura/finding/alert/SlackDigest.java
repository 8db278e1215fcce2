package dev.yagura.finding.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.finding.Language;
import dev.yagura.finding.Untrusted;
import java.time.ZoneId;
import java.util.List;

/** A digest as a Slack message (guardduty.md §4.2): lines packed into sections. */
public final class SlackDigest {
  /** Most lines of one message: what fits into Slack's 13,000 characters with room to spare. */
  public static final int MAX_LINES = 25;

  /** Most ids of findings in one message. */
  public static final int MAX_IDS = 120;

  private static final int IDS_TOGETHER = 40;
  private static final int ID = 64;

  private SlackDigest() {}

  /** The body of a request to an incoming webhook or to {@code chat.postMessage}. */
  public static ObjectNode of(Digest digest) {
    var words = new DigestWords(digest.language(), digest.zone());
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    String title = SlackBlocks.marker(digest.severity()) + " " + words.title(digest);
    message.put("text", title);
    var sections = new Sections(message.putArray("blocks"));
    sections.add("*" + title + "*");
    if (!digest.alerts().isEmpty()) {
      sections.add(words.shortened());
      digest.alerts().forEach(line -> sections.add(alert(line, words)));
    }
    if (!digest.repeats().isEmpty()) {
      sections.close();
      sections.add("*" + words.again() + "*");
      digest.repeats().forEach(repeat -> repeat(sections, repeat, words));
    }
    sections.close();
    message.put("unfurl_links", false);
    message.put("unfurl_media", false);
    return message;
  }

  /** Says under an alert how often it was seen again. */
  public static void tally(ObjectNode message, Tally tally, Language language, ZoneId zone) {
    context(message, ":repeat: " + new DigestWords(language, zone).tally(tally));
  }

  /** Says under a message that it may be there already. */
  public static void maybeThere(ObjectNode message, Language language) {
    context(message, new DigestWords(language, ZoneId.of("UTC")).maybeThere());
  }

  /** The sentence that says that a message may be there already. */
  public static String maybeThere(Language language) {
    return new DigestWords(language, ZoneId.of("UTC")).maybeThere();
  }

  private static void context(ObjectNode message, String text) {
    message
        .withArray("blocks")
        .addObject()
        .put("type", "context")
        .putArray("elements")
        .addObject()
        .put("type", "mrkdwn")
        .put("text", text)
        .put("verbatim", true);
  }

  private static String alert(Digest.Line line, DigestWords words) {
    return SlackBlocks.marker(line.severity())
        + " *"
        + SlackText.escape(line.headline())
        + "*\n"
        + place(line, true, words);
  }

  private static void repeat(Sections sections, Digest.Repeat repeat, DigestWords words) {
    Digest.Line line = repeat.latest();
    boolean one = repeat.findings().size() <= 1;
    sections.add(
        ":repeat: " + SlackText.escape(words.times(repeat)) + "\n" + place(line, one, words));
    for (int from = 0; !one && from < repeat.findings().size(); from += IDS_TOGETHER) {
      int to = Math.min(from + IDS_TOGETHER, repeat.findings().size());
      sections.add(
          SlackText.of(
              List.of(
                  new Span.Code(
                      String.join(
                          " ",
                          repeat.findings().subList(from, to).stream()
                              .map(id -> Untrusted.clean(id, ID))
                              .toList())))));
    }
  }

  private static String place(Digest.Line line, boolean withId, DigestWords words) {
    List<String> parts =
        List.of(
            line.type(),
            line.resource(),
            line.account(),
            line.region(),
            withId ? line.finding() : "");
    String text =
        String.join(
            " · ", parts.stream().filter(part -> !part.isEmpty()).map(SlackDigest::code).toList());
    return line.link().isEmpty()
        ? text
        : text + " " + SlackText.of(List.of(new Span.Link(words.open(), line.link())));
  }

  private static String code(String hostile) {
    return SlackText.of(List.of(Span.hostile(hostile)));
  }

  /** Puts lines into as few sections as hold them. */
  private static final class Sections {
    private final ArrayNode blocks;
    private final StringBuilder open = new StringBuilder();

    private Sections(ArrayNode blocks) {
      this.blocks = blocks;
    }

    private void add(String text) {
      if (open.length() + text.length() + 1 > SlackBlocks.SECTION) {
        close();
      }
      open.append(open.isEmpty() ? "" : "\n").append(text);
    }

    private void close() {
      if (!open.isEmpty()) {
        SlackBlocks.section(blocks, open.toString());
        open.setLength(0);
      }
    }
  }
}
