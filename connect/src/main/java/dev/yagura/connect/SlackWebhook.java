package dev.yagura.connect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.Secret;
import dev.yagura.egress.EgressClient;
import dev.yagura.egress.EgressResponse;
import dev.yagura.finding.alert.Alert;
import dev.yagura.finding.alert.Digest;
import dev.yagura.finding.alert.DigestText;
import dev.yagura.finding.alert.SlackBlocks;
import dev.yagura.finding.alert.SlackDigest;
import dev.yagura.finding.alert.Span;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Slack incoming webhook, or the trigger of a workflow built in Slack (guardduty §4.1, §4.5). The
 * URL is a secret: it is in no log and no error.
 */
public final class SlackWebhook implements Channel {
  private static final Pattern SLACK =
      Pattern.compile(
          "https://hooks\\.slack(-gov)?\\.com/(services|triggers|workflows)/[A-Za-z0-9/_-]+");
  private static final Set<String> REFUSED_SHAPE =
      Set.of("invalid_payload", "invalid_blocks", "msg_blocks_too_long", "no_text");

  private final JsonPost post;
  private final Secret url;

  public SlackWebhook(EgressClient egress, Secret url) {
    this(new JsonPost(egress), url);
  }

  SlackWebhook(JsonPost post, Secret url) {
    this.post = post;
    this.url = url;
  }

  /**
   * A FlowException where this is no URL of Slack's. Stand-ins are taken where the administrator
   * lists them in {@code egress.allow}.
   *
   * @param stands whether the host of the URL is on the list
   */
  public static void check(String url, boolean stands) {
    if (SLACK.matcher(url).matches() || (stands && url.matches("https?://[^\\s@]+"))) {
      return;
    }
    throw Failure.user(
            "InvalidWebhook",
            "this is no Slack webhook (expected: https://hooks.slack.com/services/T…/B…/…, from"
                + " your Slack app under Incoming Webhooks)")
        .asException();
  }

  @Override
  public String describe() {
    return isTrigger() ? "Slack workflow trigger" : "Slack webhook";
  }

  private boolean isTrigger() {
    return url.reveal().contains("/triggers/") || url.reveal().contains("/workflows/");
  }

  @Override
  public Delivery deliver(Notice notice) {
    ObjectNode message = isTrigger() ? flat(notice) : blocks(notice);
    Delivery delivery = post(message);
    if (delivery instanceof Delivery.Never(String reason) && REFUSED_SHAPE.contains(reason)) {
      String text = message.path("text").asText();
      return post(
          JsonNodeFactory.instance
              .objectNode()
              .put("text", notice.maybeSent() ? text + "\n" + maybeThere(notice) : text));
    }
    return delivery;
  }

  private static ObjectNode blocks(Notice notice) {
    ObjectNode message =
        switch (notice) {
          case Notice.Single single -> SlackBlocks.of(single.alert());
          case Notice.Several several -> SlackDigest.of(several.digest());
          case Notice.Repeats repeats -> SlackDigest.of(repeats.digest());
        };
    if (notice.maybeSent()) {
      SlackDigest.maybeThere(message, notice.language());
    }
    return message;
  }

  private static String maybeThere(Notice notice) {
    return SlackDigest.maybeThere(notice.language());
  }

  /** The variables that a workflow in Slack may declare; all are texts. */
  private static ObjectNode flat(Notice notice) {
    ObjectNode flat =
        switch (notice) {
          case Notice.Single single -> flat(single.alert());
          case Notice.Several several -> flat(several.digest());
          case Notice.Repeats repeats -> flat(repeats.digest());
        };
    return notice.maybeSent()
        ? flat.put("text", flat.path("text").asText() + "\n" + maybeThere(notice))
        : flat;
  }

  private static ObjectNode flat(Alert alert) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("text", Span.plain(alert.headline()))
        .put("summary", Span.plain(alert.happened()))
        .put("analysis", alert.analysis())
        .put("type", alert.facts().finding().type().name())
        .put("severity", alert.severity().text())
        .put("account", alert.facts().finding().account())
        .put("region", alert.facts().finding().region())
        .put("resource", alert.facts().resource().shown());
  }

  /** All variables are there, or the workflow in Slack would not run. */
  private static ObjectNode flat(Digest digest) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("text", DigestText.title(digest))
        .put("summary", DigestText.of(digest))
        .put("analysis", "")
        .put("type", "")
        .put("severity", digest.severity().text())
        .put("account", "")
        .put("region", "")
        .put("resource", "");
  }

  private Delivery post(ObjectNode message) {
    return switch (post.send(url.reveal(), List.of(), message)) {
      case JsonPost.Result.Failed(Delivery delivery) -> delivery;
      case JsonPost.Result.Answered answered -> answered(answered.response(), answered.said());
    };
  }

  private static Delivery answered(EgressResponse response, String said) {
    return switch (response.status()) {
      case 200 -> said.contains("\"ok\":false") ? new Delivery.Never(said) : new Delivery.Done();
      case 429 -> new Delivery.Busy("Slack asks to wait (429)", JsonPost.retryAfter(response));
      case 400, 403, 404, 410 ->
          new Delivery.Never(said.isEmpty() ? "Slack answered " + response.status() : said);
      default ->
          response.status() >= 500
              ? new Delivery.Later("Slack answered " + response.status(), true)
              : new Delivery.Never("Slack answered " + response.status() + " " + said);
    };
  }
}
