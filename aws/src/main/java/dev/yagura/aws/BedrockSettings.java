package dev.yagura.aws;

import dev.yagura.base.Failure;
import dev.yagura.model.ModelProvider.Registration;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A registration of Bedrock.
 *
 * @param region null for the default chain
 * @param accessKeyId null for the default chain of credentials
 * @param endpoint null for the Region's own, or what the environment says
 */
record BedrockSettings(
    @Nullable String region,
    @Nullable String accessKeyId,
    @Nullable String secretAccessKey,
    @Nullable String sessionToken,
    @Nullable String profile,
    @Nullable URI endpoint,
    @Nullable String guardrail,
    String guardrailVersion) {

  static BedrockSettings of(Registration registration) {
    String key = registration.option("access-key-id");
    String secret = registration.secret("secret-access-key");
    if (key == null != (secret == null)) {
      throw invalid(
          "access-key-id and secret-access-key", "both, or neither for the role of this machine");
    }
    String version = registration.option("guardrail-version");
    return new BedrockSettings(
        region(registration.option("region")),
        key,
        secret,
        registration.secret("session-token"),
        registration.option("profile"),
        endpoint(registration.option("endpoint-url")),
        registration.option("guardrail-id"),
        version == null ? "DRAFT" : version);
  }

  private static @Nullable String region(@Nullable String region) {
    if (region != null && !region.matches("[a-z]{2}(-[a-z]+)+-\\d")) {
      throw invalid("region '" + region + "'", "like ap-northeast-1");
    }
    return region;
  }

  private static @Nullable URI endpoint(@Nullable String url) {
    if (url == null) {
      return null;
    }
    if (!url.matches("https?://[^/\\s@]+(/\\S*)?")) {
      throw invalid("endpoint-url '" + url + "'", "http:// or https:// and a host");
    }
    try {
      return URI.create(url);
    } catch (IllegalArgumentException noUrl) {
      throw invalid("endpoint-url '" + url + "'", "http:// or https:// and a host");
    }
  }

  private static RuntimeException invalid(String what, String expected) {
    return Failure.user("InvalidSetting", "bedrock: " + what + " (expected: " + expected + ")")
        .asException();
  }

  @Override
  public String toString() {
    return "bedrock in " + region;
  }
}
