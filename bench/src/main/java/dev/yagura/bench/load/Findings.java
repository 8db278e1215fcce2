package dev.yagura.bench.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.finding.sample.Samples;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Findings of many types, each in an account of its own, by which its alert is found again. */
final class Findings {
  private static final List<String> TYPES =
      List.of(
          "Recon:EC2/PortProbeUnprotectedPort",
          "Backdoor:EC2/C&CActivity.B",
          "Policy:IAMUser/RootCredentialUsage",
          "Exfiltration:S3/AnomalousBehavior",
          "Execution:Runtime/ReverseShell");

  private final Samples samples = new Samples(Catalogue.load());
  private final AtomicLong number = new AtomicLong();

  /**
   * @param event as EventBridge sends it
   */
  record Numbered(String account, String event) {}

  Numbered next() {
    long n = number.getAndIncrement();
    String account = Long.toString(700_000_000_000L + n);
    ObjectNode event = (ObjectNode) samples.event(TYPES.get((int) (n % TYPES.size())));
    event.put("account", account).put("id", UUID.randomUUID().toString());
    ObjectNode detail = (ObjectNode) event.path("detail");
    detail.put("accountId", account).put("id", UUID.randomUUID().toString().replace("-", ""));
    return new Numbered(account, event.toString());
  }
}
