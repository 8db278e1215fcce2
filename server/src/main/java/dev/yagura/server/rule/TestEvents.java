package dev.yagura.server.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.finding.Finding;
import dev.yagura.finding.FindingReader;
import dev.yagura.finding.FindingReader.Item;
import dev.yagura.finding.Untrusted;
import dev.yagura.server.run.FindingInputs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Things to try rules on, as the rules see them. */
public final class TestEvents {
  private TestEvents() {}

  /**
   * One thing.
   *
   * @param name what it is, in a few words
   * @param json as rules see it, or null where it cannot be used
   * @param isFinding whether it is a finding, not another event
   * @param problem why it cannot be used, or empty
   */
  public record Event(String name, @Nullable ObjectNode json, boolean isFinding, String problem) {}

  /**
   * Reads findings in every shape, and other events.
   *
   * @throws IOException when the stream cannot be read
   */
  public static List<Event> events(String source, InputStream in) throws IOException {
    return FindingReader.read(source, in).stream().map(TestEvents::event).toList();
  }

  /** As {@link #events(String, InputStream)}, of JSON. */
  public static List<Event> events(String source, JsonNode json) {
    return FindingReader.read(source, json).stream().map(TestEvents::event).toList();
  }

  private static Event event(Item item) {
    return switch (item) {
      case Item.Accepted(Finding finding) ->
          new Event(name(finding), FindingInputs.event(finding), true, "");
      case Item.Refused refused when refused.event() != null ->
          new Event(name(refused.event()), refused.event(), false, "");
      case Item.Refused refused -> new Event("", null, false, refused.problem().toString());
    };
  }

  private static String name(Finding finding) {
    return finding.type() + (finding.id().isEmpty() ? "" : " " + finding.id());
  }

  private static String name(ObjectNode event) {
    return Untrusted.clean(
        event.path("detail-type").asText() + " from " + event.path("source").asText(),
        Untrusted.NAME);
  }

  /** What a payload of the store is, in a few words. */
  public static String name(String payload) {
    try {
      return events("store", new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)))
          .getFirst()
          .name();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
