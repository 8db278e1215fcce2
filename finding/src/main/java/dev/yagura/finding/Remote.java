package dev.yagura.finding;

import org.jspecify.annotations.Nullable;

/**
 * The other end. Parts that the finding does not say are empty; values are cleaned.
 *
 * @param ip IPv4 or IPv6
 * @param port or null
 * @param organization who registered the address block, as whois says: text of a stranger
 */
public record Remote(
    String ip,
    @Nullable Integer port,
    String portName,
    String country,
    String city,
    String organization,
    String asn,
    String domain,
    String account) {
  public boolean isKnown() {
    return !ip.isEmpty() || !domain.isEmpty() || !account.isEmpty();
  }
}
