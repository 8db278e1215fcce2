package dev.yagura.finding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What findings of the same activity share although GuardDuty gives them different ids: type,
 * account, resource and actor. The Region is left out where credentials are what it is about: calls
 * of global services are reported by every Region (guardduty.md §2.7).
 */
final class Fingerprint {
  private Fingerprint() {}

  /** 64 hex digits; the same for the same activity. */
  static String of(Finding finding) {
    Facts facts = Facts.of(finding);
    String resource = facts.resource().shown();
    String actor = actor(facts);
    boolean global = facts.resource().kind() == Resource.Kind.ACCESS_KEY && !resource.isEmpty();
    boolean nothing = resource.isEmpty() && actor.isEmpty();
    return sha256(
        String.join(
            "\n",
            List.of(
                finding.type().name(),
                finding.account(),
                global ? "" : finding.region(),
                resource,
                actor,
                nothing ? finding.id() : "")));
  }

  /** Who does it: the credentials, and where they or the other end are. */
  private static String actor(Facts facts) {
    Principal principal = facts.principal();
    String who = principal == null ? facts.kubernetesUser() : principal.type() + principal.user();
    String from =
        switch (facts.action()) {
          case Action.DnsRequest dns -> dns.domain();
          case Action.NetworkConnection connection -> address(connection.remote());
          case Action.PortProbe probes -> "";
          case Action.ApiCall call -> address(call.remote());
          case Action.KubernetesCall call -> address(call.remote());
          case Action.DatabaseLogin login -> address(login.remote());
          case Action.Other other -> "";
        };
    ProcessFacts process = facts.process();
    return who + from + (process == null ? "" : process.path());
  }

  private static String address(Remote remote) {
    return remote.ip();
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
