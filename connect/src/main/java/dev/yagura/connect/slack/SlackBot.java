package dev.yagura.connect.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.connect.Channel;
import dev.yagura.connect.Notice;
import dev.yagura.connect.slack.SlackApi.Answer;
import dev.yagura.finding.alert.SlackBlocks;
import dev.yagura.finding.alert.SlackDigest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A channel of Slack, as a bot sees it. Every message carries its key as metadata: before one is
 * sent that may be there already, the channel's messages are looked through for it, so that none is
 * there twice. What was seen again is told in the thread of its alert, and counted in the alert
 * itself.
 */
public final class SlackBot implements Channel {
  private static final String EVENT = "yagura_notice";
  private static final int PAGES = 5;
  private static final int PAGE = 100;
  private static final Set<String> REFUSED_SHAPE =
      Set.of("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long");

  private final SlackApi api;
  private final String channel;

  SlackBot(SlackApi api, String channel) {
    this.api = api;
    this.channel = channel;
  }

  @Override
  public String describe() {
    return "Slack bot in " + channel;
  }

  @Override
  public boolean hasThreads() {
    return true;
  }

  @Override
  public Delivery deliver(Notice notice) {
    return switch (notice) {
      case Notice.Single single -> post(notice, SlackBlocks.of(single.alert()), "");
      case Notice.Several several -> post(notice, SlackDigest.of(several.digest()), "");
      case Notice.Repeats repeats -> repeats(repeats);
    };
  }

  /** Edits the alert, which may happen twice without harm, and answers in its thread. */
  private Delivery repeats(Notice.Repeats notice) {
    String[] place = notice.posted().split("/", 2);
    if (place.length != 2) {
      return post(notice, SlackDigest.of(notice.digest()), "");
    }
    ObjectNode edited = SlackBlocks.of(notice.alert());
    SlackDigest.tally(edited, notice.tally(), notice.language(), notice.zone());
    Answer answer = api.call("chat.update", edited.put("channel", place[0]).put("ts", place[1]));
    if (answer instanceof Answer.Failed(String error, Delivery delivery)) {
      // An alert that somebody has deleted is no reason to keep silent.
      return error.equals("message_not_found") || error.equals("cant_update_message")
          ? post(notice, SlackDigest.of(notice.digest()), "")
          : delivery;
    }
    return post(notice, SlackDigest.of(notice.digest()), place[1]);
  }

  /**
   * @param thread the message that it answers, or empty
   */
  private Delivery post(Notice notice, ObjectNode message, String thread) {
    if (notice.maybeSent()) {
      switch (look(notice.key(), thread)) {
        case Looked.There(String ts) -> {
          return new Delivery.Done(channel + "/" + ts);
        }
        case Looked.Later(Delivery delivery) -> {
          return delivery;
        }
        case Looked.Unknown unknown -> SlackDigest.maybeThere(message, notice.language());
        case Looked.Absent absent -> {}
      }
    }
    addressed(message, notice.key(), thread);
    Answer answer = api.call("chat.postMessage", message);
    if (answer instanceof Answer.Failed(String error, Delivery same)
        && REFUSED_SHAPE.contains(error)) {
      message.remove("blocks");
      answer = api.call("chat.postMessage", message);
    }
    return switch (answer) {
      case Answer.Ok(JsonNode json) ->
          new Delivery.Done(json.path("channel").asText(channel) + "/" + json.path("ts").asText());
      case Answer.Failed(String error, Delivery delivery) -> delivery;
    };
  }

  private void addressed(ObjectNode message, String key, String thread) {
    message.put("channel", channel);
    ObjectNode metadata = message.putObject("metadata").put("event_type", EVENT);
    metadata.putObject("event_payload").put("key", key);
    if (!thread.isEmpty()) {
      message.put("thread_ts", thread);
    }
  }

  /** What looking for a message came to. */
  private sealed interface Looked {
    record There(String ts) implements Looked {}

    record Absent() implements Looked {}

    /** Nobody can tell, now or later: it is sent, and says that it may be there already. */
    record Unknown() implements Looked {}

    /** The messages cannot be read now. */
    record Later(Delivery delivery) implements Looked {}
  }

  /** Looks through the newest messages, of the channel or of a thread. */
  private Looked look(String key, String thread) {
    String method = thread.isEmpty() ? "conversations.history" : "conversations.replies";
    String cursor = "";
    for (int page = 0; page < PAGES; page++) {
      var query = new StringBuilder("channel=").append(encode(channel));
      query.append("&include_all_metadata=true&limit=").append(PAGE);
      if (!thread.isEmpty()) {
        query.append("&ts=").append(encode(thread));
      }
      if (!cursor.isEmpty()) {
        query.append("&cursor=").append(encode(cursor));
      }
      switch (api.get(method, query.toString())) {
        case Answer.Failed(String error, Delivery delivery) -> {
          return delivery instanceof Delivery.Never
              ? new Looked.Unknown()
              : new Looked.Later(unread(delivery));
        }
        case Answer.Ok(JsonNode json) -> {
          for (JsonNode message : json.path("messages")) {
            if (message.at("/metadata/event_payload/key").asText().equals(key)) {
              return new Looked.There(message.path("ts").asText());
            }
          }
          cursor = json.at("/response_metadata/next_cursor").asText("");
          if (cursor.isEmpty()) {
            return new Looked.Absent();
          }
        }
      }
    }
    return new Looked.Unknown();
  }

  /** The message that may be there is not sent for as long as nobody can tell. */
  private static Delivery unread(Delivery delivery) {
    return delivery instanceof Delivery.Later(String reason, boolean unsure)
        ? new Delivery.Later(reason, true)
        : delivery;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
