package dev.yagura.connect.teams;

import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.JsonPost;
import dev.yagura.connect.Notice;
import dev.yagura.egress.EgressResponse;
import java.util.List;

/**
 * A channel or chat of Microsoft Teams. Teams answers when its workflow has taken the request,
 * before it has posted: whether it did is seen in the workflow's runs alone. The URL is a secret.
 */
public final class Teams implements Channel {
  private static final String FAILED = "Webhook message delivery failed";

  private final JsonPost post;
  private final Secret url;

  Teams(JsonPost post, Secret url) {
    this.post = post;
    this.url = url;
  }

  @Override
  public String describe() {
    return "Microsoft Teams";
  }

  @Override
  public Delivery deliver(Notice notice) {
    return switch (post.send(url.reveal(), List.of(), TeamsCard.of(notice))) {
      case JsonPost.Result.Failed(Delivery delivery) -> delivery;
      case JsonPost.Result.Answered answered -> answered(answered.response(), answered.said());
    };
  }

  private static Delivery answered(EgressResponse response, String said) {
    int status = response.status();
    // The retired connectors answer 200 to what they could not post, with the reason in words.
    if (status == 429 || (said.startsWith(FAILED) && said.contains("429"))) {
      return new Delivery.Busy("Teams asks to wait (429)", JsonPost.retryAfter(response));
    }
    if (said.startsWith(FAILED)) {
      return new Delivery.Later(said, false);
    }
    if (status == 200 || status == 202) {
      return new Delivery.Done();
    }
    return status >= 500 || status == 408
        ? new Delivery.Later("Teams answered " + status, true)
        : new Delivery.Never("Teams answered " + status + advice(status));
  }

  private static String advice(int status) {
    return switch (status) {
      case 401, 403 -> ": let anyone trigger the workflow, and copy its URL again";
      case 404, 410 -> ": the workflow is gone: make a new one, and set its URL";
      case 400, 413 -> ": the workflow does not take a message with an Adaptive Card";
      default -> "";
    };
  }
}
