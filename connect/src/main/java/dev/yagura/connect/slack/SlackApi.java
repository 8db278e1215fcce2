package dev.yagura.connect.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Secret;
import dev.yagura.connect.Channel.Delivery;
import dev.yagura.connect.JsonPost;
import dev.yagura.egress.EgressClient;
import dev.yagura.egress.EgressRequest.Pair;
import dev.yagura.egress.EgressResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Slack's Web API (guardduty.md §4.1): errors come as 200 with {@code ok: false}. The token is in
 * no reason and no log.
 */
final class SlackApi {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> PASSING =
      Set.of("fatal_error", "internal_error", "service_unavailable", "request_timeout");
  private static final Map<String, String> ADVICE =
      Map.of(
          "channel_not_found", "there is no such channel, or the bot may not see it: invite it",
          "not_in_channel", "the bot is not in the channel: /invite it there",
          "is_archived", "the channel is archived: choose another",
          "invalid_auth", "the token is not valid: copy the Bot User OAuth Token again",
          "token_revoked", "the token was revoked: install the app again",
          "account_inactive", "the app was removed from the workspace: install it again",
          "not_authed", "no token was given",
          "restricted_action", "an administrator of the workspace does not let the bot post there");

  private final JsonPost post;
  private final String base;
  private final Secret token;

  /**
   * @param base without a slash at its end
   */
  SlackApi(EgressClient egress, String base, Secret token) {
    this(new JsonPost(egress), base, token);
  }

  SlackApi(JsonPost post, String base, Secret token) {
    this.post = post;
    this.base = base;
    this.token = token;
  }

  /** What Slack answered. */
  sealed interface Answer {
    record Ok(JsonNode json) implements Answer {}

    /**
     * @param error Slack's own name for it; empty where Slack was not reached
     */
    record Failed(String error, Delivery delivery) implements Answer {}
  }

  /** Calls a method that writes. */
  Answer call(String method, ObjectNode body) {
    return read(method, post.send(base + "/" + method, headers(), body));
  }

  /**
   * Calls a method that reads.
   *
   * @param query as it stands after the question mark
   */
  Answer get(String method, String query) {
    return read(method, post.send(base + "/" + method + "?" + query, headers(), null));
  }

  private List<Pair> headers() {
    return List.of(new Pair("Authorization", "Bearer " + token.reveal()));
  }

  private static Answer read(String method, JsonPost.Result result) {
    return switch (result) {
      case JsonPost.Result.Failed(Delivery delivery) -> new Answer.Failed("", delivery);
      case JsonPost.Result.Answered answered -> read(method, answered);
    };
  }

  private static Answer read(String method, JsonPost.Result.Answered answered) {
    EgressResponse response = answered.response();
    if (response.status() == 429) {
      return busy(JsonPost.retryAfter(response));
    }
    if (response.status() >= 500) {
      return new Answer.Failed("", new Delivery.Later("Slack answered " + response.status(), true));
    }
    JsonNode json = json(response);
    if (response.status() != 200 || json == null) {
      return new Answer.Failed(
          "", new Delivery.Never("Slack answered " + response.status() + " " + answered.said()));
    }
    return json.path("ok").asBoolean() ? new Answer.Ok(json) : failed(method, json);
  }

  private static @Nullable JsonNode json(EgressResponse response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException noJson) {
      return null;
    }
  }

  private static Answer failed(String method, JsonNode json) {
    String error = json.path("error").asText("unknown_error");
    if (error.equals("ratelimited") || error.equals("rate_limited")) {
      return busy(Duration.ofSeconds(30));
    }
    if (PASSING.contains(error)) {
      return new Answer.Failed(error, new Delivery.Later("Slack answered " + error, true));
    }
    String why =
        error.equals("missing_scope")
            ? "the bot lacks the scope "
                + json.path("needed").asText("that " + method + " needs")
                + ": add it under OAuth & Permissions and install the app again"
            : ADVICE.getOrDefault(error, "");
    return new Answer.Failed(error, new Delivery.Never(why.isEmpty() ? error : error + ": " + why));
  }

  private static Answer busy(Duration pause) {
    return new Answer.Failed("ratelimited", new Delivery.Busy("Slack asks to wait (429)", pause));
  }
}
