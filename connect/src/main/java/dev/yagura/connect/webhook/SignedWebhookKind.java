package dev.yagura.connect.webhook;

import dev.yagura.base.Failure;
import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.ChannelKind;
import dev.yagura.connect.JsonPost;
import dev.yagura.egress.EgressClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** A webhook of a program. */
public final class SignedWebhookKind implements ChannelKind {
  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String doc() {
    return "JSON to a program of yours, signed by Standard Webhooks.";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        new Field("url", "https://… that takes POST and answers 2xx", true, true),
        new Field("secret", "Key of the signature: whsec_ and Base64 of 24 bytes", true, true));
  }

  @Override
  public Channel open(Settings settings, EgressClient egress) {
    Secret url = settings.secrets().getOrDefault("url", new Secret(""));
    if (!isUrl(url.reveal())
        || (url.reveal().startsWith("http:") && !settings.standsIn().test(url.reveal()))) {
      throw invalid(
          "url: expected https://… without user and password (http:// only to a host that"
              + " egress.allow lists)");
    }
    Secret secret = settings.secrets().getOrDefault("secret", new Secret(""));
    if (!Signature.isKey(secret.reveal())) {
      throw invalid(
          "secret: this is no key (expected: whsec_ and Base64 of 24 to 64 bytes; make one:"
              + " echo whsec_$(openssl rand -base64 24))");
    }
    return new SignedWebhook(
        new JsonPost(egress), url, new Signature(secret), InstantSource.system());
  }

  private static boolean isUrl(String url) {
    try {
      URI uri = URI.create(url);
      return List.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (IllegalArgumentException noUrl) {
      return false;
    }
  }

  private static RuntimeException invalid(String message) {
    return Failure.user("invalid_param", message).asException();
  }
}
