package dev.yagura.aws;

import dev.yagura.base.Boundary;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Which credentials the machine has, in words. */
final class AwsAccess {
  /** By the letters with which the SDK names where credentials came from. */
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("0", "role of the EC2 instance"),
          Map.entry("z", "role of the task (ECS) or pod identity (EKS)"),
          Map.entry("h", "role by web identity (IRSA)"),
          Map.entry("k", "role by web identity (IRSA)"),
          Map.entry("q", "role by web identity (IRSA)"),
          Map.entry("g", "keys in the environment"),
          Map.entry("f", "keys in system properties"),
          Map.entry("e", "keys of the registration"),
          Map.entry("i", "an assumed role"),
          Map.entry("n", "a profile of the AWS configuration files"),
          Map.entry("o", "a profile of the AWS configuration files"),
          Map.entry("r", "IAM Identity Center"),
          Map.entry("s", "IAM Identity Center"),
          Map.entry("AC", "aws login"),
          Map.entry("AD", "aws login"),
          Map.entry("v", "a process of the AWS configuration files"),
          Map.entry("w", "a process of the AWS configuration files"));

  private AwsAccess() {}

  /** A FlowException where there are none. */
  @Boundary("what the SDK throws is named")
  static String credentials(AwsCredentialsProvider provider) {
    try {
      AwsCredentials found = provider.resolveCredentials();
      String kind = found.providerName().orElse("");
      String last = kind.substring(kind.lastIndexOf(',') + 1);
      return KINDS.getOrDefault(last, "credentials") + ", key " + shortened(found.accessKeyId());
    } catch (RuntimeException none) {
      throw BedrockFailures.of(none);
    }
  }

  /** Enough to tell keys apart: the id of a key is no secret, and need not be in every log. */
  private static String shortened(String id) {
    return id.length() > 8 ? id.substring(0, 4) + "…" + id.substring(id.length() - 4) : "…";
  }
}
