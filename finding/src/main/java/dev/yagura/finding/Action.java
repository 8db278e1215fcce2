package dev.yagura.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen (guardduty.md §2.5). Texts are cleaned; domains and free texts are not yet
 * defanged.
 */
public sealed interface Action {
  /** A name was looked up. */
  record DnsRequest(String domain, @Nullable Boolean blocked, String protocol) implements Action {}

  /**
   * @param direction {@code INBOUND}, {@code OUTBOUND} or {@code UNKNOWN}
   */
  record NetworkConnection(
      String direction,
      @Nullable Integer localPort,
      String localPortName,
      String protocol,
      @Nullable Boolean blocked,
      Remote remote)
      implements Action {}

  /**
   * @param total how many probes the finding lists; {@code probes} holds the first few
   */
  record PortProbe(List<Probe> probes, int total, @Nullable Boolean blocked) implements Action {}

  record Probe(@Nullable Integer port, String portName, Remote remote) {}

  /**
   * @param error why the call was refused; empty when it was not
   */
  record ApiCall(
      String api, String service, String error, String userAgent, Remote remote, int affected)
      implements Action {}

  record KubernetesCall(
      String verb,
      String requestUri,
      String resource,
      String namespace,
      String resourceName,
      @Nullable Integer status,
      String userAgent,
      Remote remote)
      implements Action {}

  record DatabaseLogin(List<Login> logins, Remote remote) implements Action {}

  record Login(String user, String application, long failed, long successful) {}

  /** Another kind of action, or none. */
  record Other(String type) implements Action {}
}
