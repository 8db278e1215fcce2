package dev.yagura.egress;

import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where requests may go: public addresses, and what the administrator has put on the list.
 *
 * @param allowed further targets: a host name, {@code host:port}, an address or a block like {@code
 *     10.1.0.0/16}
 * @param ports the ports of public targets
 */
public record EgressRules(List<String> allowed, Set<Integer> ports) {
  public static final Set<Integer> DEFAULT_PORTS = Set.of(80, 443);
  public static final EgressRules STRICT = new EgressRules(List.of(), DEFAULT_PORTS);

  public EgressRules {
    allowed = allowed.stream().map(entry -> entry.strip().toLowerCase(Locale.ROOT)).toList();
    ports = Collections.unmodifiableSet(new LinkedHashSet<>(ports));
    allowed.forEach(EgressRules::checkEntry);
  }

  private static void checkEntry(String entry) {
    if (range(entry) == null && !entry.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\\d{1,5})?")) {
      throw Failure.user(
              "InvalidSetting",
              "egress.allow: '"
                  + entry
                  + "' is no target (expected: a host name, host:port, an address or a block like"
                  + " 10.1.0.0/16)")
          .asException();
    }
  }

  private static @Nullable AddressRange range(String entry) {
    try {
      return AddressRange.parse(entry, "allowed");
    } catch (IllegalArgumentException aName) {
      return null;
    }
  }

  /** Whether the administrator has listed this name, with this port or without a port. */
  boolean lists(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    return allowed.contains(name) || allowed.contains(name + ":" + port);
  }

  /** A FlowException where the URL's own parts break a rule. */
  void checkTarget(String host, int port) {
    if (lists(host, port) || listsLiteral(host)) {
      return;
    }
    if (!ports.contains(port)) {
      throw refused(
          "port " + port + " of " + host + " is refused by the rule egress.ports",
          "one of " + new ArrayList<>(ports) + ", or an entry in egress.allow");
    }
    String last = host.substring(host.lastIndexOf('.') + 1);
    if (last.matches("\\d+|0[xX][0-9a-fA-F]*")
        && !host.matches("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}")) {
      throw refused(
          "the host " + host + " is an address in disguise (decimal, octal, hexadecimal or short)",
          "a host name, or an address of four decimal numbers");
    }
  }

  private boolean listsLiteral(String host) {
    try {
      return lists(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
    } catch (IllegalArgumentException aName) {
      return false;
    }
  }

  private boolean lists(InetAddress address) {
    for (String entry : allowed) {
      AddressRange range = range(entry);
      if (range != null && range.contains(address.getAddress())) {
        return true;
      }
    }
    return false;
  }

  /** A FlowException where a connection to the address is not allowed. */
  void checkAddress(InetAddress address) {
    Optional<String> why = lists(address) ? Optional.empty() : PublicAddresses.refusal(address);
    if (why.isPresent()) {
      throw refused(
          "the address "
              + address.getHostAddress()
              + " is refused by the rule egress.private ("
              + why.get()
              + ")",
          "a public address, or an entry in egress.allow");
    }
  }

  static FlowException refused(String what, String expected) {
    return Failure.user("EgressRefused", what + " (expected: " + expected + ")").asException();
  }
}
