package dev.yagura.finding;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ATT&amp;CK tactic that a type's purpose implies (guardduty.md §1.1).
 *
 * @param name as ATT&amp;CK writes it
 * @param id for example {@code TA0011}
 * @param ours whether the mapping is ours and not AWS's
 */
public record Tactic(String name, String id, boolean ours) {
  private static final Map<String, Tactic> BY_PURPOSE =
      Map.ofEntries(
          Map.entry("CredentialAccess", new Tactic("Credential Access", "TA0006", false)),
          Map.entry("DefenseEvasion", new Tactic("Defense Evasion", "TA0005", false)),
          Map.entry("Discovery", new Tactic("Discovery", "TA0007", false)),
          Map.entry("Execution", new Tactic("Execution", "TA0002", false)),
          Map.entry("Exfiltration", new Tactic("Exfiltration", "TA0010", false)),
          Map.entry("Impact", new Tactic("Impact", "TA0040", false)),
          Map.entry("InitialAccess", new Tactic("Initial Access", "TA0001", false)),
          Map.entry("Persistence", new Tactic("Persistence", "TA0003", false)),
          Map.entry("PrivilegeEscalation", new Tactic("Privilege Escalation", "TA0004", false)),
          Map.entry("LateralMovement", new Tactic("Lateral Movement", "TA0008", false)),
          Map.entry("ResourceDevelopment", new Tactic("Resource Development", "TA0042", false)),
          Map.entry("DefenseImpairment", new Tactic("Defense Impairment", "TA0112", false)),
          Map.entry("Backdoor", new Tactic("Command and Control", "TA0011", true)),
          Map.entry("Trojan", new Tactic("Command and Control", "TA0011", true)),
          Map.entry("CryptoCurrency", new Tactic("Impact", "TA0040", true)),
          Map.entry("Recon", new Tactic("Discovery", "TA0007", true)),
          Map.entry("Stealth", new Tactic("Defense Evasion", "TA0005", true)),
          Map.entry("UnauthorizedAccess", new Tactic("Initial Access", "TA0001", true)));

  /** The tactic, or null where the purpose implies none. */
  public static @Nullable Tactic of(FindingType type) {
    if (type.family().startsWith("PortProbe")) {
      return new Tactic("Reconnaissance", "TA0043", true);
    }
    if (type.family().endsWith("BruteForce")) {
      return new Tactic("Credential Access", "TA0006", true);
    }
    if (type.purpose().equals("UnauthorizedAccess")
        && type.family().startsWith("Tor")
        && !type.family().equals("TorIPCaller")) {
      return new Tactic("Command and Control", "TA0011", true);
    }
    return BY_PURPOSE.get(type.purpose());
  }
}
