package dev.yagura.connect.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.JsonPost;
import dev.yagura.connect.Notice;
import dev.yagura.egress.EgressRequest.Pair;
import dev.yagura.egress.EgressResponse;
import dev.yagura.finding.alert.AlertJson;
import dev.yagura.finding.alert.Digest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Posts notices as JSON, signed by the scheme of Standard Webhooks: {@code webhook-id}, {@code
 * webhook-timestamp} and {@code webhook-signature}. The id is the same for the same notice, so that
 * a receiver can drop a second one.
 */
public final class SignedWebhook implements Channel {
  private static final String ID = "webhook-id";
  private static final Pattern HEADER = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private final JsonPost post;
  private final Secret url;
  private final Signature signature;
  private final InstantSource clock;

  SignedWebhook(JsonPost post, Secret url, Signature signature, InstantSource clock) {
    this.post = post;
    this.url = url;
    this.signature = signature;
    this.clock = clock;
  }

  /** Only the host: a path may hold what is secret. */
  @Override
  public String describe() {
    return "webhook at " + URI.create(url.reveal()).getHost();
  }

  @Override
  public Delivery deliver(Notice notice) {
    ObjectNode body = body(notice);
    Instant now = clock.instant();
    String id = id(notice);
    List<Pair> headers =
        List.of(
            new Pair(ID, id),
            new Pair("webhook-timestamp", Long.toString(now.getEpochSecond())),
            new Pair("webhook-signature", signature.of(id, now, body.toString())));
    return switch (post.send(url.reveal(), headers, body)) {
      case JsonPost.Result.Failed(Delivery delivery) -> delivery;
      case JsonPost.Result.Answered answered -> answered(answered);
    };
  }

  /** A key holds names out of a workflow's file; some could be in no header. */
  private static String id(Notice notice) {
    String key = notice.key();
    return HEADER.matcher(key).matches()
        ? key
        : "msg_" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
  }

  private static Delivery answered(JsonPost.Result.Answered answered) {
    EgressResponse response = answered.response();
    int status = response.status();
    if (status >= 200 && status < 300) {
      return new Delivery.Done();
    }
    if (status == 429) {
      return new Delivery.Busy("the webhook asks to wait (429)", JsonPost.retryAfter(response));
    }
    String reason = "the webhook answered " + status + " " + answered.said();
    return status >= 500 || status == 408
        ? new Delivery.Later(reason.strip(), true)
        : new Delivery.Never(reason.strip());
  }

  private static ObjectNode body(Notice notice) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("version", 1);
    body.put("id", id(notice)).put("resent", notice.maybeSent());
    switch (notice) {
      case Notice.Single single -> {
        body.put("kind", "alert");
        body.set("alert", AlertJson.of(single.alert()));
      }
      case Notice.Several several -> digest(body, several.digest());
      case Notice.Repeats repeats -> digest(body, repeats.digest());
    }
    return body;
  }

  private static void digest(ObjectNode body, Digest digest) {
    body.put("kind", "digest").put("severity", digest.severity().text());
    ArrayNode alerts = body.putArray("alerts");
    digest.alerts().forEach(line -> line(alerts.addObject(), line));
    ArrayNode repeats = body.putArray("repeats");
    for (Digest.Repeat repeat : digest.repeats()) {
      ObjectNode one = repeats.addObject();
      line(one, repeat.latest());
      one.put("times", repeat.times());
      repeat.findings().forEach(one.putArray("findings")::add);
    }
  }

  private static void line(ObjectNode json, Digest.Line line) {
    Instant seen = line.lastSeen();
    json.put("type", line.type())
        .put("severity", line.severity().text())
        .put("summary", line.headline())
        .put("resource", line.resource())
        .put("account", line.account())
        .put("region", line.region())
        .put("finding", line.finding())
        .put("last_seen", seen == null ? null : seen.toString())
        .put("count", line.count())
        .put("link", line.link());
  }
}
