package dev.yagura.server.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What makes two deliveries of an event that is no finding the same. */
final class EventRevision {
  private EventRevision() {}

  /** By source, kind and the id that the source gives each event; without an id by the content. */
  static String of(ObjectNode event) {
    String id = event.path("id").asText("");
    String what =
        id.isBlank()
            ? event.toString()
            : event.path("source").asText() + '\n' + event.path("detail-type").asText() + '\n' + id;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
      return "event-" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
