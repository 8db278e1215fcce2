package dev.yagura.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells public addresses from all others, after the IANA registries of special-purpose addresses
 * (RFC 6890 and its successors). IPv6 addresses that carry an IPv4 address are judged by both.
 */
final class PublicAddresses {
  private static final List<AddressRange> SPECIAL =
      Stream.concat(
              Map.ofEntries(
                  Map.entry("0.0.0.0/8", "this network"),
                  Map.entry("10.0.0.0/8", "private"),
                  Map.entry("100.64.0.0/10", "shared, carrier-grade NAT"),
                  Map.entry("127.0.0.0/8", "loopback"),
                  Map.entry("169.254.0.0/16", "link-local, instance metadata"),
                  Map.entry("172.16.0.0/12", "private"),
                  Map.entry("192.0.0.0/24", "protocol assignments"),
                  Map.entry("192.0.2.0/24", "documentation"),
                  Map.entry("192.88.99.0/24", "6to4 relay"),
                  Map.entry("192.168.0.0/16", "private"),
                  Map.entry("198.18.0.0/15", "benchmarks"),
                  Map.entry("198.51.100.0/24", "documentation"),
                  Map.entry("203.0.113.0/24", "documentation"),
                  Map.entry("224.0.0.0/4", "multicast"),
                  Map.entry("240.0.0.0/4", "reserved, broadcast"))
                  .entrySet()
                  .stream(),
              Map.ofEntries(
                  Map.entry("::1/128", "loopback"),
                  Map.entry("64:ff9b:1::/48", "local NAT64"),
                  Map.entry("fc00::/7", "private, instance metadata"),
                  Map.entry("fe80::/10", "link-local"),
                  Map.entry("2001::/23", "protocol assignments, Teredo"),
                  Map.entry("2001:db8::/32", "documentation"),
                  Map.entry("3fff::/20", "documentation"),
                  Map.entry("ff00::/8", "multicast"))
                  .entrySet()
                  .stream())
          .map(entry -> AddressRange.parse(entry.getKey(), entry.getValue()))
          .toList();

  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96", "NAT64");
  private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16", "6to4");
  private static final AddressRange COMPATIBLE = AddressRange.parse("::/96", "IPv4-compatible");
  private static final AddressRange GLOBAL = AddressRange.parse("2000::/3", "global unicast");

  private PublicAddresses() {}

  /** Why the address is none that the public internet routes; empty for a public one. */
  static Optional<String> refusal(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (AddressRange range : SPECIAL) {
      if (range.contains(bytes)) {
        return Optional.of(range.why());
      }
    }
    if (bytes.length == 4) {
      return Optional.empty();
    }
    if (COMPATIBLE.contains(bytes)) {
      return Optional.of("IPv4-compatible or unspecified");
    }
    if (NAT64.contains(bytes)) {
      return refusal(AddressRange.embedded(bytes, 12)).map(why -> why + " inside NAT64");
    }
    if (SIX_TO_FOUR.contains(bytes)) {
      return refusal(AddressRange.embedded(bytes, 2)).map(why -> why + " inside 6to4");
    }
    return GLOBAL.contains(bytes) ? Optional.empty() : Optional.of("not global unicast");
  }
}
